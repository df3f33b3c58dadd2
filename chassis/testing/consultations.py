"""The twin of the consultations collection."""

from collections.abc import Sequence
from datetime import datetime

from chassis.consultations import Consultation


class FakeConsultations:
    def __init__(self) -> None:
        self.recorded: list[Consultation] = []

    def record(self, sujet: str, acteur: str, role: str, motif: str, now: datetime) -> None:
        self.recorded.append(Consultation(sujet, acteur, role, motif, now))

    def of(self, sujet: str, limit: int = 200) -> Sequence[Consultation]:
        mine = [seen for seen in self.recorded if seen.sujet == sujet]
        return sorted(mine, key=lambda seen: seen.le, reverse=True)[:limit]
