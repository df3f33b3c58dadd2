"""The relay: what commands left in the outboxes goes to the journal, to Kafka, then out of the outboxes."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import takewhile
from threading import Event
from typing import Any, Protocol

import structlog

from chassis import metrics
from chassis.broker import Broker, Outcome, Record
from chassis.clock import Clock
from chassis.errors import Indisponible
from chassis.messages import CONTENT_TYPE
from chassis.outbox import Outbox, Pending

log = structlog.get_logger()

BATCH = 200
POLL_SECONDS = 0.05
LONGEST_PAUSE_SECONDS = 5.0
HOLD = timedelta(seconds=30)


class Turn(Protocol):
    """Says whether it is this process's turn to work (a lease)."""

    def acquire(self) -> bool: ...

    def release(self) -> None: ...


class AlwaysMyTurn:
    """For a relay that is alone by construction."""

    def acquire(self) -> bool:
        return True

    def release(self) -> None:
        """Nobody waits."""


def _accept_anything(wire: Mapping[str, Any]) -> None:
    """For events that have no contract to follow."""


class Relay:
    """Empties the outboxes of one service. A crash anywhere repeats, never loses.

    `topic_of` gives the topic of a wire type; `validate` raises ValueError when an event does not
    follow its contract: that aggregate then waits, the others go on.
    """

    def __init__(
        self,
        service: str,
        outboxes: Sequence[Outbox],
        broker: Broker,
        topic_of: Callable[[str], str],
        clock: Clock,
        *,
        validate: Callable[[Mapping[str, Any]], None] = _accept_anything,
        turn: Turn | None = None,
        batch: int = BATCH,
    ) -> None:
        self._service = service
        self._outboxes = outboxes
        self._broker = broker
        self._topic_of = topic_of
        self._clock = clock
        self._validate = validate
        self._turn = turn or AlwaysMyTurn()
        self._batch = batch
        self._held: dict[str, datetime] = {}

    def run(self, stop: Event) -> None:
        """Works until told to stop; pauses longer and longer while Mongo or Kafka is down."""
        pause = POLL_SECONDS
        try:
            while not stop.wait(pause):
                pause = POLL_SECONDS if self._worked() else min(pause * 2, LONGEST_PAUSE_SECONDS)
        finally:
            self._leave()

    def _leave(self) -> None:
        self._broker.close()
        try:
            self._turn.release()
        except Indisponible:
            log.warning("relay.bail_non_rendu", service=self._service)

    def _worked(self) -> bool:
        try:
            return self.step() if self._turn.acquire() else True
        except Indisponible as error:
            log.warning("relay.mongo_muet", service=self._service, erreur=type(error.__cause__).__name__)
            return False

    def step(self) -> bool:
        """One look at every outbox; False when the broker left something to be sent again."""
        looks = [self._step_of(outbox) for outbox in self._outboxes]
        self._measure([pending for waiting, _ in looks for pending in waiting])
        return all(well for _, well in looks)

    def _measure(self, waiting: Sequence[Pending]) -> None:
        oldest = min((pending.since for pending in waiting), default=self._clock.now())
        metrics.RELAY_BACKLOG.labels(self._service).set(len(waiting))
        metrics.RELAY_LAG.labels(self._service).set((self._clock.now() - oldest).total_seconds())
        metrics.RELAY_BLOCKED.labels(self._service).set(len(self._held))

    def _step_of(self, outbox: Outbox) -> tuple[Sequence[Pending], bool]:
        waiting = outbox.pending(self._batch + len(self._held))
        due = [pending for pending in waiting if not self._is_held(pending.id)]
        if not due:
            return waiting, True
        outbox.keep(due)
        outcomes = self._send(due)
        outbox.clear(
            {pending.id: _sent_seqs(pending, outcomes[pending.id]) for pending in due if outcomes[pending.id]}
        )
        return waiting, all(Outcome.RETRY not in outcome for outcome in outcomes.values())

    def _is_held(self, id: str) -> bool:
        until = self._held.get(id)
        if until is not None and until <= self._clock.now():
            del self._held[id]
            return False
        return until is not None

    def _send(self, due: Sequence[Pending]) -> dict[str, list[Outcome]]:
        prepared = [(pending.id, record) for pending in due for record in self._records(pending)]
        sent = self._broker.send([record for _, record in prepared]) if prepared else []
        outcomes: dict[str, list[Outcome]] = {pending.id: [] for pending in due}
        for (id, record), outcome in zip(prepared, sent, strict=True):
            outcomes[id].append(outcome)
            self._note(id, record, outcome)
        return outcomes

    def _note(self, id: str, record: Record, outcome: Outcome) -> None:
        if outcome is Outcome.SENT:
            metrics.RELAY_SENT.labels(record.topic).inc()
        elif outcome is Outcome.RETRY:
            metrics.RELAY_FAILURES.labels(record.topic).inc()
        else:
            self._hold(id, "refused_by_broker")

    def _records(self, pending: Pending) -> Iterator[Record]:
        """The records of one aggregate, up to the first that does not follow its contract."""
        for row in pending.rows:
            try:
                self._validate(row["evenement"])
                yield self._record(row)
            except (ValueError, KeyError, OSError) as error:
                self._hold(pending.id, type(error).__name__)
                return

    def _record(self, row: Mapping[str, Any]) -> Record:
        event = row["evenement"]
        headers = {"content-type": CONTENT_TYPE}
        if row.get("traceparent"):
            headers["traceparent"] = row["traceparent"]
        return Record(self._topic_of(event["type"]), event["subject"], json.dumps(event).encode(), headers)

    def _hold(self, id: str, reason: str) -> None:
        self._held[id] = self._clock.now() + HOLD
        log.error("relay.agregat_bloque", service=self._service, agregat=id, raison=reason)


def _sent_seqs(pending: Pending, outcomes: Sequence[Outcome]) -> list[int]:
    """Only what is sent with nothing unsent before it: order within an aggregate is never given up."""
    sent = takewhile(lambda pair: pair[1] is Outcome.SENT, zip(pending.rows, outcomes, strict=False))
    return [row["seq"] for row, _ in sent]
