"""What a group does with the records of one topic: decode, apply, put aside, advance."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from chassis import metrics
from chassis.clock import Clock
from chassis.cursors import Cursors, Lines, Origin, ParkedKeys
from chassis.dead_letters import DeadLetters
from chassis.errors import Indisponible, Transitoire
from chassis.journal import JournalClient
from chassis.messages import Message
from chassis.outbox import kind_of
from chassis.subscriptions import AnySubscription, LineUpdate, ProjectionSubscription, Subscription
from chassis.tracing import follow

DOWN_FOR_NOW = (Transitoire, Indisponible)
UNREADABLE = (ValueError, KeyError, TypeError, IndexError, OSError)


class Incoming(Protocol):
    """One record as it came: key and value undecoded, `traceparent` of its sender."""

    @property
    def topic(self) -> str: ...
    @property
    def partition(self) -> int: ...
    @property
    def offset(self) -> int: ...
    @property
    def key(self) -> bytes | None: ...
    @property
    def value(self) -> bytes | None: ...
    @property
    def traceparent(self) -> str | None: ...


@dataclass(frozen=True)
class ConsumerPorts:
    """What a consumer stands on. `validate` raises ValueError when a message breaks its contract."""

    cursors: Cursors
    parked: ParkedKeys
    dead_letters: DeadLetters
    journal: JournalClient
    lines: Lines
    clock: Clock
    validate: Callable[[Mapping[str, Any]], None]


class Effect(Protocol):
    """What messages do: at once (commands) or together at the end of the batch (projections)."""

    def take(self, message: Message) -> None: ...

    def finish(self) -> None: ...


class _Commands:
    def __init__(self, subscription: Subscription, application: Any) -> None:
        self._subscription = subscription
        self._application = application

    def take(self, message: Message) -> None:
        handler = self._subscription.handlers.get(message.type)
        if handler is not None:
            handler(self._application, message)

    def finish(self) -> None:
        """Each command was done when it was taken."""


class _Projections:
    def __init__(self, subscription: ProjectionSubscription, application: Any, lines: Lines) -> None:
        self._subscription = subscription
        self._application = application
        self._lines = lines
        self._updates: list[LineUpdate] = []

    def take(self, message: Message) -> None:
        project = self._subscription.project.get(message.type)
        if project is not None:
            self._updates += project(self._application, message)

    def finish(self) -> None:
        if self._updates:
            self._lines.apply(self._updates)
            self._subscription.after(self._application, self._updates)


@dataclass
class _Batch:
    """Where one batch is: what is known done, what moved, what is put aside."""

    effect: Effect
    seqs: dict[Origin, int] = field(default_factory=dict)
    moved: set[Origin] = field(default_factory=set)
    aside: list[tuple[Incoming, Message | None, str]] = field(default_factory=list)

    def put_aside(self, record: Incoming, message: Message | None, error: Exception) -> None:
        self.aside.append((record, message, type(error).__name__))

    def has_put_aside(self, key: str) -> bool:
        return any(key_of(record) == key for record, _, _ in self.aside)


class Intake:
    """One subscription at work. The same records may be given again: nothing is done twice."""

    def __init__(self, subscription: AnySubscription, application: Any, ports: ConsumerPorts) -> None:
        self.subscription = subscription
        self._application = application
        self._ports = ports

    def process(self, records: Sequence[Incoming]) -> None:
        """Everything is applied or put aside when it returns.

        Raises Transitoire or Indisponible when something is down (give the same records again),
        TooManyDeadLetters.
        """
        parked, batch = self._parked_among(records), _Batch(self._effect())
        self._learn_origins([record for record in records if key_of(record) in parked])
        candidates = [record for record in records if key_of(record) not in parked]
        messages, unreadable = self._readable(candidates)
        self._read_cursors(batch, [message for _, message in messages])
        for record, message in messages:
            if not batch.has_put_aside(key_of(record)):
                self._take(record, message, batch)
        for record, error in unreadable:
            if not batch.has_put_aside(key_of(record)):
                batch.put_aside(record, None, error)
        self._finish(batch)

    def catch_up(self, origin: Origin, kind: str, after: int) -> int:
        """Applies what the owner's journal has after `after`, and gives the last seq applied.

        Raises whatever an event that cannot be applied raises.
        """
        batch = _Batch(self._effect(), {origin: after})
        for message in self._journaled(origin, kind, after):
            batch.effect.take(message)
            batch.seqs[origin] = message.seq
            batch.moved.add(origin)
        self._finish(batch)
        return batch.seqs[origin]

    def _effect(self) -> Effect:
        if isinstance(self.subscription, ProjectionSubscription):
            return _Projections(self.subscription, self._application, self._ports.lines)
        return _Commands(self.subscription, self._application)

    def _parked_among(self, records: Sequence[Incoming]) -> set[str]:
        keys = {key_of(record) for record in records}
        return self._ports.parked.among(self.subscription.group, self.subscription.topic, keys)

    def _readable(
        self, records: Sequence[Incoming]
    ) -> tuple[list[tuple[Incoming, Message]], list[tuple[Incoming, Exception]]]:
        """What can be read, each key up to its first record that cannot, and that first record."""
        messages: list[tuple[Incoming, Message]] = []
        unreadable: dict[str, tuple[Incoming, Exception]] = {}
        for record in records:
            if key_of(record) in unreadable:
                continue
            try:
                messages.append((record, self._decoded(record)))
            except UNREADABLE as error:
                unreadable[key_of(record)] = (record, error)
        return messages, list(unreadable.values())

    def _decoded(self, record: Incoming) -> Message:
        return self._message(json.loads(record.value or b""))

    def _message(self, wire: Mapping[str, Any]) -> Message:
        message = Message.from_wire(wire)
        kind_of(message.id)
        if message.type in self.subscription.types:
            self._ports.validate(wire)
        return message

    def _learn_origins(self, records: Sequence[Incoming]) -> None:
        """A key parked by something unreadable is only known once a later event can be read."""
        for record, message in self._readable(records)[0]:
            self._ports.parked.learn_origin(
                self.subscription.group, record.topic, key_of(record), message.source, kind_of(message.id)
            )

    def _read_cursors(self, batch: _Batch, messages: Sequence[Message]) -> None:
        if self.subscription.dense:
            origins = {origin_of(message) for message in messages}
            batch.seqs.update(self._ports.cursors.read(self.subscription.group, origins))

    def _take(self, record: Incoming, message: Message, batch: _Batch) -> None:
        follow(record.traceparent)
        origin = origin_of(message)
        try:
            for due in self._due(message, batch.seqs.get(origin, 0)):
                batch.effect.take(due)
                batch.seqs[origin] = due.seq
                batch.moved.add(origin)
                metrics.CONSUMER_APPLIED.labels(self.subscription.group, due.type).inc()
        except DOWN_FOR_NOW:
            raise
        except Exception as error:
            batch.put_aside(record, message, error)

    def _due(self, message: Message, known: int) -> Iterator[Message]:
        """The message, after what the topic did not bring; nothing when it is done already."""
        if self.subscription.dense and message.seq <= known:
            return
        if self.subscription.dense and message.seq > known + 1:
            metrics.CONSUMER_CATCH_UPS.labels(self.subscription.group).inc()
            missing = self._journaled(origin_of(message), kind_of(message.id), known)
            yield from (due for due in missing if due.seq < message.seq)
        yield message

    def _journaled(self, origin: Origin, kind: str, after: int) -> Iterator[Message]:
        while page := self._ports.journal.events_since(origin.source, kind, origin.subject, after):
            for wire in page:
                yield self._message(wire)
            after = int(page[-1]["seq"])

    def _finish(self, batch: _Batch) -> None:
        batch.effect.finish()
        for record, message, reason in batch.aside:
            self._ports.dead_letters.put_aside(self.subscription.group, record, message, reason)
            self.subscription.on_parked(self._application, key_of(record))
        if self.subscription.dense:
            done = {origin: batch.seqs[origin] for origin in batch.moved}
            self._ports.cursors.advance(self.subscription.group, done)


def origin_of(message: Message) -> Origin:
    return Origin(message.source, message.subject)


def key_of(record: Incoming) -> str:
    return (record.key or b"").decode(errors="replace")
