"""The loop: commit after the batch, back off while something is down, stop when told."""

from threading import Event

from chassis.consumer import ConsumerLoop, Subscription, context_of
from chassis.dead_letters import DeadLetters
from chassis.errors import Indisponible
from chassis.intake import ConsumerPorts
from chassis.messages import Message
from chassis.testing.broker import FakeBroker
from chassis.testing.clock import EPOCH, FixedClock
from chassis.testing.consuming import (
    FakeCursors,
    FakeJournal,
    FakeLines,
    FakeParkedKeys,
    FakeSource,
    message_of,
    record_of,
)

WRITTEN = "sample.note.written.v1"


class Application:
    def __init__(self) -> None:
        self.heard: list[int] = []
        self.fails = 0
        self.stop = Event()


def hear(application: Application, message: Message) -> None:
    if application.fails:
        application.fails -= 1
        raise Indisponible("down")
    application.heard.append(message.seq)


def hear_and_stop(application: Application, message: Message) -> None:
    application.stop.set()
    application.heard.append(message.seq)


def loop_of(handler: object, application: Application, source: FakeSource) -> ConsumerLoop:
    parked, clock = FakeParkedKeys(), FixedClock()
    ports = ConsumerPorts(
        cursors=FakeCursors(),
        parked=parked,
        dead_letters=DeadLetters(FakeBroker(), parked, clock),
        journal=FakeJournal(),
        lines=FakeLines(),
        clock=clock,
        validate=lambda wire: None,
    )
    subscription = Subscription("sample.events", "reader.notes.v1", {WRITTEN: handler})  # type: ignore[dict-item]
    return ConsumerLoop([subscription], application, source, ports, shortest_pause=0.01)


def two_records() -> FakeSource:
    return FakeSource([record_of(message_of("n1", seq), offset=seq - 1) for seq in (1, 2)])


def test_offsets_are_committed_once_the_batch_is_applied() -> None:
    application, source = Application(), two_records()
    loop_of(hear, application, source).turn(Event())
    assert application.heard == [1, 2]
    assert source.committed == 2


def test_a_dependency_down_commits_nothing_then_the_batch_is_read_again() -> None:
    application, source = Application(), two_records()
    application.fails = 1
    loop = loop_of(hear, application, source)
    loop.turn(Event())
    assert (source.committed, source.position, source.paused) == (0, 0, False)
    loop.turn(Event())
    assert application.heard == [1, 2]
    assert source.committed == 2


def test_told_to_stop_the_loop_finishes_the_batch_and_leaves_the_group() -> None:
    application, source = Application(), two_records()
    loop_of(hear_and_stop, application, source).run(application.stop)
    assert application.heard == [1, 2]
    assert (source.committed, source.closed) == (2, True)


def test_a_command_that_answers_a_message_says_what_caused_it() -> None:
    context = context_of(message_of("n1", 4), "reader", FixedClock())
    assert (context.acteur.id, context.causation, context.now) == (
        "service:reader",
        "sample:notebook:n1:4",
        EPOCH,
    )
    assert context.key is None
