"""What the application asks of the outside."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from chassis.aggregates import Execution
from chassis.commands import CommandContext, Expected
from courrier.domain.evenements import EvenementDeFil
from courrier.domain.fil import Entete, Fil, PieceJointe


class Depot(Protocol):
    """The threads (`chassis.repository.Repository`)."""

    def get(self, id: str) -> Fil: ...

    def read(self, id: str) -> Fil | None: ...

    def execute(
        self,
        id: str,
        context: CommandContext,
        act: Callable[[Fil], Sequence[EvenementDeFil]],
        *,
        create: Callable[[], Fil] | None = None,
        expected: Expected | None = None,
    ) -> Execution[Fil]: ...


class Listes(Protocol):
    """Threads without their messages, the latest first. Raises Indisponible."""

    def de_l_agent(self, agent: str, etat: str | None) -> Sequence[Entete]: ...

    def des_portefeuilles(self, portefeuilles: Collection[str], etat: str | None) -> Sequence[Entete]: ...


@dataclass(frozen=True)
class Brouillon:
    """What somebody was writing: `cle` is the thread, or `nouveau`."""

    cle: str
    sujet: str
    texte: str
    agent: str | None
    garde_le: datetime
    pieces: tuple[PieceJointe, ...] = field(default=())


class Brouillons(Protocol):
    """Drafts, each its author's alone; the last writing wins. Raises Indisponible."""

    def lire(self, auteur: str, cle: str) -> Brouillon | None: ...

    def garder(self, auteur: str, brouillon: Brouillon) -> None: ...

    def effacer(self, auteur: str, cle: str) -> None: ...

    def cles(self, auteur: str) -> Collection[str]: ...


class Copie(Protocol):
    """The local copy of one of identity's topics."""

    def get(self, key: str) -> Mapping[str, Any] | None: ...

    def find(self, **equality: Any) -> Sequence[Mapping[str, Any]]: ...


class JournalDesRefus(Protocol):
    """Keeps a trace of who asked for what is not hers."""

    def noter(self, acteur: str, agent: str) -> None: ...
