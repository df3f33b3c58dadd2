"""The consumer loop: poll, process, commit; pause and back off while something is down."""

import time
from collections.abc import Mapping, Sequence
from threading import Event
from typing import Any, Protocol

import structlog

from chassis import metrics
from chassis.clock import Clock
from chassis.commands import Acteur, CommandContext
from chassis.errors import Transitoire
from chassis.intake import DOWN_FOR_NOW, ConsumerPorts, Incoming, Intake
from chassis.messages import Message
from chassis.subscriptions import AnySubscription, LineUpdate, ProjectionSubscription, Subscription
from chassis.tracing import current_traceparent

__all__ = [
    "ConsumerLoop",
    "ConsumerPorts",
    "LineUpdate",
    "ProjectionSubscription",
    "Subscription",
    "context_of",
]

log = structlog.get_logger()

POLL_SECONDS = 0.5
SHORTEST_PAUSE, LONGEST_PAUSE = 0.5, 30.0

Place = tuple[str, int]


class Source(Protocol):
    """One member of a consumer group."""

    def poll(self, seconds: float) -> Sequence[Incoming]:
        """What came, in order per partition; nothing from paused partitions. Raises Transitoire."""
        ...

    def commit(self, done: Mapping[Place, int]) -> None:
        """Remembers the next offset to read, per (topic, partition)."""
        ...

    def rewind(self, positions: Mapping[Place, int]) -> None: ...

    def pause(self) -> None: ...

    def resume(self) -> None: ...

    def close(self) -> None: ...


class ConsumerLoop:
    """One group at work: every subscription given has the same `group`.

    `shortest_pause` is the first back-off, in seconds; it doubles up to thirty.
    """

    def __init__(
        self,
        subscriptions: Sequence[AnySubscription],
        application: Any,
        source: Source,
        ports: ConsumerPorts,
        *,
        shortest_pause: float = SHORTEST_PAUSE,
    ) -> None:
        self.group = subscriptions[0].group
        self._intakes = {each.topic: Intake(each, application, ports) for each in subscriptions}
        self._source = source
        self._shortest_pause = shortest_pause
        self._pause = shortest_pause

    def run(self, stop: Event) -> None:
        """Works until told to stop, and finishes the batch it has begun. Raises TooManyDeadLetters."""
        try:
            while not stop.is_set():
                self.turn(stop)
        finally:
            self._source.close()

    def turn(self, stop: Event) -> None:
        """One poll and what follows from it."""
        try:
            records = self._source.poll(POLL_SECONDS)
        except Transitoire:
            stop.wait(self._longer_pause())
            return
        if records:
            self._settle(records, stop)

    def _settle(self, records: Sequence[Incoming], stop: Event) -> None:
        try:
            self._process(records)
        except DOWN_FOR_NOW as error:
            log.warning("consumer.pause", group=self.group, erreur=type(error).__name__)
            metrics.CONSUMER_PAUSES.labels(self.group).inc()
            self._back_off(records, stop)
            return
        self._pause = self._shortest_pause
        self._source.commit(ends_of(records))

    def _process(self, records: Sequence[Incoming]) -> None:
        for topic, intake in self._intakes.items():
            mine = [record for record in records if record.topic == topic]
            if mine:
                intake.process(mine)

    def _back_off(self, records: Sequence[Incoming], stop: Event) -> None:
        """Goes back to the start of the batch and keeps polling, so the group does not think us dead."""
        self._source.rewind(starts_of(records))
        end = time.monotonic() + self._longer_pause()
        while time.monotonic() < end and not stop.is_set():
            self._source.pause()
            self._poll_paused()
        self._source.resume()

    def _poll_paused(self) -> None:
        try:
            came_anyway = self._source.poll(min(0.2, self._shortest_pause))
        except Transitoire:
            return
        self._source.rewind(starts_of(came_anyway))

    def _longer_pause(self) -> float:
        pause, self._pause = self._pause, min(self._pause * 2, LONGEST_PAUSE)
        return pause


def starts_of(records: Sequence[Incoming]) -> dict[Place, int]:
    """The first offset of each (topic, partition)."""
    return {(record.topic, record.partition): record.offset for record in reversed(records)}


def ends_of(records: Sequence[Incoming]) -> dict[Place, int]:
    """The offset after the last, of each (topic, partition)."""
    return {(record.topic, record.partition): record.offset + 1 for record in records}


def context_of(message: Message, service: str, clock: Clock) -> CommandContext:
    """The context of a command that answers a message: the service acts, the message is the cause."""
    return CommandContext(
        acteur=Acteur(f"service:{service}", frozenset({"service"})),
        now=clock.now(),
        correlation=message.correlation,
        causation=message.id,
        traceparent=current_traceparent(),
    )
