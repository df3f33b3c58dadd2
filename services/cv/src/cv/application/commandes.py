"""What may be asked of a CV. `agent` is the `personne_id` whose CV it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class PieceFournie:
    """A file already received, and what it is for."""

    usage: str
    ref: str


@dataclass(frozen=True)
class AjouterElement:
    agent: str
    rubrique: str
    valeurs: Mapping[str, object] = field(repr=False)
    pieces: tuple[PieceFournie, ...] = ()


@dataclass(frozen=True)
class ModifierElement:
    """`pieces` is the whole of the files the draft now names."""

    agent: str
    element: str
    valeurs: Mapping[str, object] = field(repr=False)
    pieces: tuple[PieceFournie, ...] = ()


@dataclass(frozen=True)
class SoumettreElement:
    agent: str
    element: str


@dataclass(frozen=True)
class RetirerElement:
    agent: str
    element: str


@dataclass(frozen=True)
class PrendreEnCharge:
    agent: str
    element: str


@dataclass(frozen=True)
class LibererElement:
    agent: str
    element: str


@dataclass(frozen=True)
class VerifierElement:
    agent: str
    element: str


@dataclass(frozen=True)
class RenvoyerElement:
    agent: str
    element: str
    nature: str
    motif: str = field(repr=False)
    modele: str | None = None


@dataclass(frozen=True)
class LibererApresTransfert:
    """The agent is now in this portefeuille."""

    agent: str
    portefeuille_id: str | None
