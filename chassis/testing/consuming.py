"""Twins of what a consumer stands on."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from chassis.cursors import Origin, ParkedKey
from chassis.errors import Indisponible, Transitoire
from chassis.messages import Message
from chassis.subscriptions import LineUpdate
from chassis.testing.clock import EPOCH


class FakeCursors:
    def __init__(self) -> None:
        self.seqs: dict[tuple[str, Origin], int] = {}

    def read(self, group: str, origins: Collection[Origin]) -> Mapping[Origin, int]:
        return {origin: self.seqs[group, origin] for origin in origins if (group, origin) in self.seqs}

    def advance(self, group: str, done: Mapping[Origin, int]) -> None:
        for origin, seq in done.items():
            self.seqs[group, origin] = max(seq, self.seqs.get((group, origin), 0))


class FakeParkedKeys:
    def __init__(self) -> None:
        self.parked: dict[tuple[str, str, str], ParkedKey] = {}

    def among(self, group: str, topic: str, keys: Collection[str]) -> set[str]:
        return {key for key in keys if (group, topic, key) in self.parked}

    def park(self, parked: ParkedKey) -> None:
        self.parked.setdefault((parked.group, parked.topic, parked.key), parked)

    def learn_origin(self, group: str, topic: str, key: str, source: str, kind: str) -> None:
        known = self.parked[group, topic, key]
        if known.source is None:
            self.parked[group, topic, key] = replace(known, source=source, kind=kind)

    def get(self, group: str, topic: str, key: str) -> ParkedKey | None:
        return self.parked.get((group, topic, key))

    def all(self, group: str) -> Sequence[ParkedKey]:
        return [parked for parked in self.parked.values() if parked.group == group]

    def release(self, group: str, topic: str, key: str) -> None:
        self.parked.pop((group, topic, key), None)


class FakeLines:
    """`lines[collection][id]`; `down` makes every write fail."""

    def __init__(self) -> None:
        self.lines: dict[str, dict[str, dict[str, Any]]] = {}
        self.down = False

    def apply(self, updates: Sequence[LineUpdate]) -> None:
        if self.down:
            raise Indisponible("down")
        for update in updates:
            lines = self.lines.setdefault(update.collection, {})
            line = lines.get(update.id, {"_id": update.id})
            if line.get("seq", -1) < update.seq:
                lines[update.id] = {**line, **update.fields, "seq": update.seq}


class FakeReplica:
    def __init__(self) -> None:
        self.documents: dict[str, dict[str, Any]] = {}

    def put(self, message: Message) -> None:
        if self.documents.get(message.subject, {"seq": -1})["seq"] < message.seq:
            self.documents[message.subject] = {
                **message.data,
                "_id": message.subject,
                "seq": message.seq,
            }

    def deny(self, key: str) -> None:
        self.documents.setdefault(key, {"_id": key, "seq": -1})["garee"] = True

    def get(self, key: str) -> dict[str, Any] | None:
        found = self.documents.get(key)
        return None if found is None or found.get("garee") else dict(found)

    def find(self, **equality: Any) -> list[dict[str, Any]]:
        return [
            dict(document)
            for document in self.documents.values()
            if not document.get("garee")
            and all(_matches(document.get(name), value) for name, value in equality.items())
        ]


def _matches(stored: Any, asked: Any) -> bool:
    return stored == asked or (isinstance(stored, list) and asked in stored)


class FakeJournal:
    """The owners' journals: `add` what they know; `down` makes them unreachable."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []
        self.down = False

    def add(self, *messages: Message) -> None:
        self.events += [message.to_wire() for message in messages]

    def events_since(self, source: str, kind: str, id: str, seq: int) -> Sequence[Mapping[str, Any]]:
        if self.down:
            raise Transitoire(source)
        mine = [event for event in self.events if (event["source"], event["subject"]) == (source, id)]
        return sorted((event for event in mine if event["seq"] > seq), key=lambda event: event["seq"])


@dataclass(frozen=True)
class FakeRecord:
    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    traceparent: str | None = None


def record_of(message: Message, topic: str = "sample.events", offset: int = 0) -> FakeRecord:
    return FakeRecord(topic, 0, offset, message.subject.encode(), json.dumps(message.to_wire()).encode())


def message_of(
    subject: str,
    seq: int,
    type_: str = "sample.note.written.v1",
    *,
    source: str = "sample",
    kind: str = "notebook",
    **data: Any,
) -> Message:
    """An event as a service would send it."""
    return Message(
        id=f"{source}:{kind}:{subject}:{seq}",
        source=source,
        type=type_,
        subject=subject,
        time=EPOCH,
        seq=seq,
        actor="personne-1",
        correlation="correlation-de-test",
        data=data,
    )


class FakeSource:
    """A topic's partition in memory: poll gives what is after the position, unless paused."""

    def __init__(self, records: Sequence[FakeRecord] = ()) -> None:
        self.records = list(records)
        self.position = 0
        self.committed = 0
        self.paused = False
        self.closed = False

    def poll(self, seconds: float) -> Sequence[FakeRecord]:
        if self.paused:
            return []
        came = [record for record in self.records if record.offset >= self.position]
        self.position = len(self.records)
        return came

    def commit(self, done: Mapping[tuple[str, int], int]) -> None:
        self.committed = max(done.values())

    def rewind(self, positions: Mapping[tuple[str, int], int]) -> None:
        self.position = min(positions.values(), default=self.position)

    def pause(self) -> None:
        self.paused = True

    def resume(self) -> None:
        self.paused = False

    def close(self) -> None:
        self.closed = True
