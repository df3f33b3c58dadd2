"""What a group does with records, in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest

from chassis.consumer import LineUpdate, ProjectionSubscription, Subscription
from chassis.cursors import Origin
from chassis.dead_letters import DeadLetters, TooManyDeadLetters
from chassis.errors import Conflit, Introuvable, Transitoire
from chassis.intake import ConsumerPorts, Intake
from chassis.messages import Message
from chassis.parking import ParkingDesk, ecarter_job, rejouer_job
from chassis.replicas import replica_subscription
from chassis.testing.broker import FakeBroker
from chassis.testing.clock import FixedClock
from chassis.testing.consuming import (
    FakeCursors,
    FakeJournal,
    FakeLines,
    FakeParkedKeys,
    FakeRecord,
    FakeReplica,
    message_of,
    record_of,
)

TOPIC, GROUP = "sample.events", "reader.notes.v1"
WRITTEN, STRUCK = "sample.note.written.v1", "sample.note.struck.v1"
N1 = Origin("sample", "n1")


class Refused(Exception):
    """What a domain says to a message it will not have."""


@dataclass
class Application:
    """What the handlers were told, and what goes wrong."""

    heard: list[str] = field(default_factory=list)
    after: list[int] = field(default_factory=list)
    denied: list[str] = field(default_factory=list)
    refuses: set[str] = field(default_factory=set)
    down: set[str] = field(default_factory=set)
    replica: FakeReplica = field(default_factory=FakeReplica)


def hear(application: Application, message: Message) -> None:
    name = f"{message.subject}:{message.seq}"
    if name in application.down:
        raise Transitoire(name)
    if name in application.refuses:
        raise Refused
    application.heard.append(name)


def line_of(application: Application, message: Message) -> Sequence[LineUpdate]:
    hear(application, message)
    return [LineUpdate("notes_v1", message.subject, message.seq, {"last": message.seq})]


COMMANDS = Subscription(
    TOPIC, GROUP, {WRITTEN: hear}, on_parked=lambda application, key: application.denied.append(key)
)
PROJECTION = ProjectionSubscription(
    TOPIC,
    GROUP,
    {WRITTEN: line_of},
    after=lambda application, updates: application.after.append(len(updates)),
)


class Bench:
    """A group in memory."""

    def __init__(self, subscription: Subscription | ProjectionSubscription, most: int = 100) -> None:
        self.application = Application()
        self.cursors, self.parked, self.lines = FakeCursors(), FakeParkedKeys(), FakeLines()
        self.broker, self.journal, self.clock = FakeBroker(), FakeJournal(), FixedClock()
        letters = DeadLetters(self.broker, self.parked, self.clock, most)
        ports = ConsumerPorts(
            self.cursors, self.parked, letters, self.journal, self.lines, self.clock, reject_marked
        )
        self.intake = Intake(subscription, self.application, ports)
        self.desk = ParkingDesk(GROUP, {TOPIC: self.intake}, self.cursors, self.parked)

    def receive(self, *messages: Message) -> None:
        self.intake.process([record_of(message) for message in messages])

    @property
    def heard(self) -> list[str]:
        return self.application.heard


def reject_marked(wire: Any) -> None:
    if wire["data"].get("bad"):
        raise ValueError("bad")


@pytest.fixture(params=[COMMANDS, PROJECTION], ids=["commands", "projection"])
def bench(request: pytest.FixtureRequest) -> Bench:
    return Bench(request.param)


def test_each_message_is_applied_once_however_often_it_comes(bench: Bench) -> None:
    first, second = message_of("n1", 1), message_of("n1", 2)
    bench.receive(first, first, second)
    bench.receive(first, second)
    assert bench.heard == ["n1:1", "n1:2"]
    assert bench.cursors.read(GROUP, [N1]) == {N1: 2}


def test_types_nobody_asked_for_only_move_the_cursor(bench: Bench) -> None:
    bench.receive(message_of("n1", 1, STRUCK, bad=True), message_of("n1", 2))
    assert bench.heard == ["n1:2"]
    assert bench.parked.all(GROUP) == []


def test_a_gap_is_filled_from_the_owners_journal(bench: Bench) -> None:
    bench.journal.add(*[message_of("n1", seq) for seq in (1, 2, 3, 4)])
    bench.receive(message_of("n1", 3))
    assert bench.heard == ["n1:1", "n1:2", "n1:3"]


def test_numbers_that_never_were_do_not_stop_anything(bench: Bench) -> None:
    bench.journal.add(message_of("n1", 1))
    bench.receive(message_of("n1", 1_000_001))
    assert bench.heard == ["n1:1", "n1:1000001"]


def test_an_owner_that_is_down_makes_the_batch_wait(bench: Bench) -> None:
    bench.journal.down = True
    with pytest.raises(Transitoire):
        bench.receive(message_of("n1", 3))
    assert bench.cursors.read(GROUP, [N1]) == {}


def test_a_dependency_that_is_down_parks_nothing_and_the_batch_can_be_given_again(bench: Bench) -> None:
    bench.application.down = {"n2:1"}
    with pytest.raises(Transitoire):
        bench.receive(message_of("n1", 1), message_of("n2", 1))
    bench.application.down = set()
    bench.receive(message_of("n1", 1), message_of("n2", 1))
    assert bench.heard[-1] == "n2:1"
    assert bench.broker.records == []


@pytest.mark.parametrize("value", [b"not json", b"{}", b"[]", None, b'{"id": "x"}'])
def test_what_cannot_be_read_goes_to_the_dead_letters_as_it_came(bench: Bench, value: bytes | None) -> None:
    bench.intake.process([FakeRecord(TOPIC, 0, 7, b"n1", value)])
    [letter] = bench.broker.records
    assert (letter.topic, letter.key, letter.value) == (f"{GROUP}.dlq", "n1", value or b"")
    assert letter.headers["origin-offset"] == "7"
    assert [parked.key for parked in bench.parked.all(GROUP)] == ["n1"]


def test_a_broken_message_stops_its_key_only_and_only_from_there(bench: Bench) -> None:
    bench.receive(
        message_of("n1", 1), message_of("n1", 2, bad=True), message_of("n1", 3), message_of("n2", 1)
    )
    bench.receive(message_of("n1", 4))
    assert bench.heard == ["n1:1", "n2:1"]
    assert len(bench.broker.records) == 1
    assert bench.cursors.read(GROUP, [N1]) == {N1: 1}


def test_a_message_the_domain_refuses_stops_its_key_only(bench: Bench) -> None:
    bench.application.refuses = {"n1:2"}
    bench.receive(message_of("n1", 1), message_of("n1", 2), message_of("n1", 3), message_of("n2", 1))
    assert bench.heard == ["n1:1", "n2:1"]
    [parked] = bench.parked.all(GROUP)
    assert (parked.key, parked.raison, parked.seq, parked.kind) == ("n1", "Refused", 2, "notebook")


def test_dead_letters_that_cannot_be_written_make_the_batch_wait(bench: Bench) -> None:
    bench.broker.down = True
    with pytest.raises(Transitoire):
        bench.receive(message_of("n1", 1, bad=True))
    assert bench.parked.all(GROUP) == []


def test_too_many_dead_letters_stop_the_process() -> None:
    bench = Bench(COMMANDS, most=2)
    bench.receive(message_of("n1", 1, bad=True), message_of("n2", 1, bad=True))
    with pytest.raises(TooManyDeadLetters):
        bench.receive(message_of("n3", 1, bad=True))
    bench.clock.advance(timedelta(minutes=11))
    bench.receive(message_of("n3", 1, bad=True))


def test_once_mended_a_parked_key_catches_up_and_goes_on(bench: Bench) -> None:
    bench.application.refuses = {"n1:2"}
    events = [message_of("n1", seq) for seq in (1, 2, 3)]
    bench.receive(*events)
    bench.journal.add(*events)
    bench.application.refuses = set()
    assert bench.desk.rejouer(TOPIC, "n1") == 3
    bench.receive(message_of("n1", 4))
    assert bench.heard == ["n1:1", "n1:2", "n1:3", "n1:4"]
    assert bench.desk.garees() == []


def test_a_key_that_still_fails_stays_parked(bench: Bench) -> None:
    bench.application.refuses = {"n1:1"}
    bench.receive(message_of("n1", 1))
    bench.journal.add(message_of("n1", 1))
    with pytest.raises(Refused):
        bench.desk.rejouer(TOPIC, "n1")
    assert [parked.key for parked in bench.desk.garees()] == ["n1"]


def test_a_bad_event_set_aside_is_the_only_one_missing(bench: Bench) -> None:
    bench.application.refuses = {"n1:2"}
    events = [message_of("n1", seq) for seq in (1, 2, 3)]
    bench.receive(*events)
    bench.journal.add(*events)
    assert bench.desk.ecarter(TOPIC, "n1", "doublon") == 3
    assert bench.heard == ["n1:1", "n1:3"]


def test_an_event_skipped_while_a_person_decides_is_not_forgotten(bench: Bench) -> None:
    bench.application.refuses = {"n1:1"}
    bench.receive(message_of("n1", 1))
    bench.application.refuses = set()
    bench.journal.add(message_of("n1", 1))
    release = bench.parked.release

    def release_late(group: str, topic: str, key: str) -> None:
        bench.receive(message_of("n1", 2))
        bench.journal.add(message_of("n1", 2))
        release(group, topic, key)

    bench.parked.release = release_late  # type: ignore[method-assign]
    bench.desk.rejouer(TOPIC, "n1")
    assert bench.heard == ["n1:1", "n1:2"]


def test_a_key_parked_by_something_unreadable_is_known_from_its_next_event(bench: Bench) -> None:
    bench.intake.process([FakeRecord(TOPIC, 0, 7, b"n1", b"not json")])
    with pytest.raises(Conflit):
        bench.desk.rejouer(TOPIC, "n1")
    bench.receive(message_of("n1", 2))
    bench.journal.add(message_of("n1", 1), message_of("n1", 2))
    bench.desk.rejouer(TOPIC, "n1")
    assert bench.heard == ["n1:1", "n1:2"]


def test_the_jobs_list_replay_and_set_aside(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    bench.application.refuses = {"n1:1"}
    bench.receive(message_of("n1", 1))
    desks = [bench.desk]
    assert rejouer_job(lambda: desks)([]) == 0
    assert "1 clé(s) garée(s)" in capsys.readouterr().out
    assert ecarter_job(lambda: desks)([GROUP, TOPIC, "n1", "doublon"]) == 0
    assert rejouer_job(lambda: desks)([GROUP, TOPIC, "n1"]) == 3
    assert rejouer_job(lambda: desks)(["unknown", TOPIC, "n1"]) == 2


def test_nobody_decides_about_a_key_that_is_not_parked(bench: Bench) -> None:
    with pytest.raises(Introuvable):
        bench.desk.rejouer(TOPIC, "n1")


def test_whoever_depends_on_a_parked_key_is_told() -> None:
    bench = Bench(COMMANDS)
    bench.receive(message_of("n1", 1, bad=True))
    assert bench.application.denied == ["n1"]


def test_lines_are_written_before_what_follows_and_before_the_cursor() -> None:
    bench = Bench(PROJECTION)
    bench.lines.down = True
    with pytest.raises(Exception, match="down"):
        bench.receive(message_of("n1", 1), message_of("n2", 1))
    assert bench.application.after == []
    assert bench.cursors.read(GROUP, [N1]) == {}
    bench.lines.down = False
    bench.receive(message_of("n1", 1), message_of("n2", 1))
    assert bench.lines.lines["notes_v1"]["n1"] == {"_id": "n1", "seq": 1, "last": 1}
    assert bench.application.after == [2]


def test_a_replica_takes_the_last_state_calls_nobody_and_denies_a_parked_key() -> None:
    subscription = replica_subscription(TOPIC, GROUP, [WRITTEN], lambda application: application.replica)
    bench = Bench(subscription)
    bench.journal.down = True
    bench.receive(message_of("n1", 7, open=True), message_of("n1", 5, open=False))
    assert bench.application.replica.get("n1") == {"_id": "n1", "seq": 7, "open": True}
    bench.receive(message_of("n1", 8, bad=True))
    assert bench.application.replica.get("n1") is None
    assert bench.application.replica.find(open=True) == []


def test_a_message_carries_its_trace_to_its_handler() -> None:
    seen: list[str | None] = []

    def note_trace(application: Application, message: Message) -> None:
        from chassis.tracing import current_traceparent

        seen.append(current_traceparent())

    bench = Bench(Subscription(TOPIC, GROUP, {WRITTEN: note_trace}))
    trace = "0af7651916cd43dd8448eb211c80319c"
    record = record_of(message_of("n1", 1))
    bench.intake.process([replace(record, traceparent=f"00-{trace}-b7ad6b7169203331-01")])
    assert seen[0] is not None
    assert trace in seen[0]
