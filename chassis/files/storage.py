"""Where rows and bytes of files lie: the port under the store, with one row per file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO, Protocol

from chassis.files.port import Piece

EN_DEPOT = "en_depot"
RESERVEE = "reservee"
ATTACHEE = "attachee"
CONDAMNEE = "condamnee"
EFFACEE = "effacee"


@dataclass(frozen=True)
class Row:
    """One file's life. `v` moves at each change; `echeance` is when the sweeper may look at it (UTC)."""

    piece: Piece
    deposant: str
    agent: str
    etat: str
    echeance: datetime
    v: int = 1

    @property
    def usable(self) -> bool:
        return self.etat in (RESERVEE, ATTACHEE, CONDAMNEE)


class PieceStorage(Protocol):
    """Every method raises Indisponible when the storage does not answer."""

    def insert(self, row: Row) -> None: ...

    def get(self, ref: str) -> Row | None: ...

    def update(self, row: Row, **changes: Any) -> bool:
        """Sets `etat`, `echeance` if the row is still as it was seen (`v`); False when it moved."""
        ...

    def due(self, etat: str, before: datetime, limit: int) -> Sequence[Row]:
        """Rows of this state whose `echeance` is past."""
        ...

    def remove(self, row: Row) -> None: ...

    def put(self, blob: str, content: BinaryIO) -> None: ...

    def open(self, blob: str) -> BinaryIO:
        """Raises Introuvable."""
        ...

    def drop(self, blob: str) -> None: ...


def original(ref: str) -> str:
    return ref


def page_image(ref: str, n: int) -> str:
    return f"{ref}/p{n}"
