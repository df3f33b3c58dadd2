"""Deletes files nothing refers to: condemned first, looked at again a day later, then gone."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from threading import Event

import structlog

from chassis import metrics
from chassis.clock import Clock
from chassis.files.storage import (
    ATTACHEE,
    CONDAMNEE,
    EFFACEE,
    EN_DEPOT,
    RESERVEE,
    PieceStorage,
    Row,
    original,
    page_image,
)

log = structlog.get_logger()

REFLECTION = timedelta(hours=24)
PAUSE_SECONDS = 600
BATCH = 100

Referenced = Callable[[Sequence[str]], Collection[str]]


class Sweeper:
    """`referenced` answers which of these refs an aggregate of the service names: those are kept."""

    def __init__(self, storage: PieceStorage, referenced: Referenced, clock: Clock) -> None:
        self._storage = storage
        self._referenced = referenced
        self._clock = clock

    def run(self, stop: Event) -> None:
        while not stop.is_set():
            self.step()
            stop.wait(PAUSE_SECONDS)

    def step(self) -> int:
        """One pass; how many rows moved. Raises Indisponible."""
        now = self._clock.now()
        moved = sum(self._pass(etat, now, self._condemn) for etat in (EN_DEPOT, RESERVEE))
        return moved + sum(self._pass(etat, now, self._erase) for etat in (CONDAMNEE, EFFACEE))

    def _pass(self, etat: str, now: datetime, act: Callable[[Row, datetime], bool]) -> int:
        rows = self._storage.due(etat, now, BATCH)
        kept = set(self._referenced([row.piece.ref for row in rows])) if rows else set()
        return sum(
            self._storage.update(row, etat=ATTACHEE) if row.piece.ref in kept else act(row, now)
            for row in rows
        )

    def _condemn(self, row: Row, now: datetime) -> bool:
        if not self._storage.update(row, etat=CONDAMNEE, echeance=now + REFLECTION):
            return False
        metrics.PIECES_SWEPT.labels("condamnee").inc()
        return True

    def _erase(self, row: Row, now: datetime) -> bool:
        if row.etat == CONDAMNEE and not self._storage.update(row, etat=EFFACEE, echeance=now):
            return False
        self._storage.drop(original(row.piece.ref))
        for n in range(1, row.piece.pages + 1):
            self._storage.drop(page_image(row.piece.ref, n))
        self._forget(row)
        return True

    def _forget(self, row: Row) -> None:
        present = self._storage.get(row.piece.ref)
        if present is not None:
            self._storage.remove(present)
        metrics.PIECES_SWEPT.labels("effacee").inc()
        log.info("piece.effacee", piece=row.piece.ref)
