"""A draft: an element, or a new version of one, that only its author sees and that nobody judges yet."""

from dataclasses import dataclass, field
from datetime import datetime

from cv.domain.element import CV, PieceJointe, Valeurs


@dataclass
class Brouillon:
    """`id` is the element's. `base` is the number of versions submitted when it was begun: once one
    more is, the draft has been sent and counts no more. `abandonne_le`: its content is gone.

    `cle` and `empreinte` remember the last command, so that its repetition changes nothing.
    """

    id: str
    agent: str
    rubrique: str
    base: int
    modifie_le: datetime
    valeurs: Valeurs = field(default_factory=dict)
    pieces: list[PieceJointe] = field(default_factory=list)
    abandonne_le: datetime | None = None
    cle: str | None = None
    empreinte: str | None = None
    rev: int = 1

    def est_vivant(self, cv: CV) -> bool:
        return self.abandonne_le is None and self.base == versions_soumises(cv, self.id)


def versions_soumises(cv: CV, element_id: str) -> int:
    element = cv.elements.get(element_id)
    return len(element.versions) if element else 0
