"""What cannot be applied: kept as it came, its key parked until a person decides."""

from collections import deque
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from chassis import metrics
from chassis.broker import Broker, Outcome, Record
from chassis.clock import Clock
from chassis.cursors import ParkedKey, ParkedKeys
from chassis.errors import Transitoire
from chassis.messages import Message
from chassis.outbox import kind_of

log = structlog.get_logger()

MOST = 100
WINDOW = timedelta(minutes=10)


class TooManyDeadLetters(RuntimeError):
    """More than a message is wrong: the process stops, to be looked at."""


class Undelivered(Protocol):
    """The record to keep."""

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


class DeadLetters:
    """Sends to `<group>.dlq`, then parks the key. At most `most` within ten minutes."""

    def __init__(self, broker: Broker, parked: ParkedKeys, clock: Clock, most: int = MOST) -> None:
        self._broker = broker
        self._parked = parked
        self._clock = clock
        self._recent: deque[datetime] = deque(maxlen=most)

    def put_aside(self, group: str, record: Undelivered, message: Message | None, reason: str) -> None:
        """Raises Transitoire when the broker does not take it, TooManyDeadLetters."""
        self._check_rate(group)
        if self._broker.send([_letter(group, record, reason)])[0] is Outcome.RETRY:
            raise Transitoire("dead letters")
        self._parked.park(self._parked_key(group, record, message, reason))
        metrics.CONSUMER_DEAD.labels(group).inc()
        metrics.CONSUMER_PARKED.labels(group).set(len(self._parked.all(group)))
        log.error("consumer.cle_garee", group=group, topic=record.topic, offset=record.offset, raison=reason)

    def close(self) -> None:
        self._broker.close()

    def _check_rate(self, group: str) -> None:
        now, most = self._clock.now(), self._recent.maxlen
        if len(self._recent) == most and now - self._recent[0] < WINDOW:
            raise TooManyDeadLetters(group)
        self._recent.append(now)

    def _parked_key(self, group: str, record: Undelivered, message: Message | None, reason: str) -> ParkedKey:
        return ParkedKey(
            group=group,
            topic=record.topic,
            key=(record.key or b"").decode(errors="replace"),
            raison=reason,
            partition=record.partition,
            offset=record.offset,
            le=self._clock.now(),
            source=message.source if message else None,
            kind=kind_of(message.id) if message else None,
            seq=message.seq if message else None,
        )


def _letter(group: str, record: Undelivered, reason: str) -> Record:
    return Record(
        topic=dead_letter_topic(group),
        key=(record.key or b"").decode(errors="replace"),
        value=record.value or b"",
        headers={
            "origin-topic": record.topic,
            "origin-partition": str(record.partition),
            "origin-offset": str(record.offset),
            "reason": reason,
        },
    )


def dead_letter_topic(group: str) -> str:
    return f"{group}.dlq"
