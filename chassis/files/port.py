"""What a service's commands know of files. No technique here: `application` may import this."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Protocol

from chassis.errors import DonneesInvalides, ErreurApplicative, ErreurDeChamp

MAX_SIZE = 10 * 1024 * 1024
FORMATS = {
    "application/pdf": ("pdf",),
    "image/jpeg": ("jpg", "jpeg"),
    "image/png": ("png",),
    "image/gif": ("gif",),
}
SAINE = "saine"
NON_ANALYSEE = "non_analysee"


@dataclass(frozen=True)
class Piece:
    """A file that was received and checked.

    `taille` in bytes, `sha256` in hex, `pages` how many page images it has, `analyse` is `saine` or
    `non_analysee` (no antivirus answered for this installation).
    """

    ref: str
    usage: str
    nom: str
    type: str
    taille: int
    sha256: str
    pages: int
    analyse: str
    deposee_le: datetime


class PieceRefusee(DonneesInvalides):
    """A file that cannot be taken (422), with the reason a person can act upon; `raison` is its code."""

    code = "piece-refusee"

    def __init__(self, raison: str, phrase: str) -> None:
        super().__init__([ErreurDeChamp("fichier", phrase)], phrase)
        self.raison = raison


class PieceTropLourde(ErreurApplicative):
    """More than 10 MB (413)."""

    code = "piece-trop-lourde"

    def __init__(self) -> None:
        super().__init__(
            "Ce fichier dépasse 10 Mo. Enregistrez-le en plus petit, ou envoyez-le en plusieurs parties."
        )


class FileStore(Protocol):
    """Where a service keeps the files of its aggregates.

    A file is deposited first, by somebody for an agent; a command then names it by `ref`. What no
    command ever names is swept away.
    """

    def deposit(
        self, stream: BinaryIO, filename: str, deposant: str, agent: str, usage: str, now: datetime
    ) -> Piece:
        """Checks and keeps a file. Raises PieceRefusee, PieceTropLourde, Indisponible."""
        ...

    def claim(self, refs: Sequence[str], deposant: str, agent: str, now: datetime) -> list[Piece]:
        """The pieces named by a command, kept 72 hours more so that it can be written.

        Raises Introuvable unless each was deposited by `deposant` for `agent`.
        """
        ...

    def attach(self, refs: Sequence[str]) -> None:
        """The command is written: these files stay. Never raises; the sweeper repairs what is missed."""
        ...

    def open(self, ref: str) -> BinaryIO:
        """The original bytes. Raises Introuvable."""
        ...

    def page(self, ref: str, n: int) -> bytes:
        """The PNG image of page `n`, from 1. Raises Introuvable."""
        ...
