"""Who looked at what belongs to somebody else: written before the answer is given."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class Consultation:
    """`acteur` (an id), in the role `role`, looked at `sujet` (an id) for the reason `motif` (a code)."""

    sujet: str
    acteur: str
    role: str
    motif: str
    le: datetime


class Consultations(Protocol):
    """Append-only. Every method raises `Indisponible` when the store does not answer."""

    def record(self, sujet: str, acteur: str, role: str, motif: str, now: datetime) -> None: ...

    def of(self, sujet: str, limit: int = 200) -> Sequence[Consultation]:
        """The latest first."""
        ...
