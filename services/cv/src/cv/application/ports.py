"""What the application asks of the outside."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from chassis.aggregates import Execution
from chassis.commands import CommandContext, Expected
from cv.domain.brouillon import Brouillon
from cv.domain.element import CV
from cv.domain.evenements import EvenementDElement


class Depot(Protocol):
    """The CVs (`chassis.repository.Repository`)."""

    def read(self, id: str) -> CV | None: ...

    def execute(
        self,
        id: str,
        context: CommandContext,
        act: Callable[[CV], Sequence[EvenementDElement]],
        *,
        create: Callable[[], CV] | None = None,
        expected: Expected | None = None,
    ) -> Execution[CV]: ...


class Brouillons(Protocol):
    """The drafts, apart from the CVs. Every method raises Indisponible when the store does not answer."""

    def de(self, agent: str) -> Sequence[Brouillon]:
        """Every draft of this agent, abandoned and sent ones included."""
        ...

    def lire(self, agent: str, element_id: str) -> Brouillon | None: ...

    def creer(self, brouillon: Brouillon) -> bool:
        """False when there is already one for this element."""
        ...

    def remplacer(self, brouillon: Brouillon, rev: int) -> bool:
        """False when what is there is not at this revision any more."""
        ...

    def effacer(self, agent: str, element_id: str) -> None: ...


class Copie(Protocol):
    """The local copy of one of identity's topics."""

    def get(self, key: str) -> Mapping[str, Any] | None: ...


class JournalDesRefus(Protocol):
    """Keeps a trace of who asked for what is not hers."""

    def noter(self, acteur: str, agent: str) -> None: ...
