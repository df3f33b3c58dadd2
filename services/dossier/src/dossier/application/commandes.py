"""What may be asked of the service."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from dossier.domain.dossier import NouvelleEntree


@dataclass(frozen=True)
class PieceDonnee:
    """A file the agent joins: what it proves, and its reference in the store."""

    usage: str
    ref: str


@dataclass(frozen=True)
class SignalerChangement:
    agent_id: str
    rubrique: str
    cas: str
    valeurs: Mapping[str, object]
    date_effet: str
    pieces: Sequence[PieceDonnee] = ()
    message: str = ""
    demande_citee: str | None = None


@dataclass(frozen=True)
class SurChangement:
    """A command about one request of one agent."""

    agent_id: str
    changement_id: str


@dataclass(frozen=True)
class PrendreEnCharge(SurChangement):
    pass


@dataclass(frozen=True)
class LibererChangement(SurChangement):
    pass


@dataclass(frozen=True)
class AnnulerChangement(SurChangement):
    pass


@dataclass(frozen=True)
class AccepterChangement(SurChangement):
    """`vu`: the fields the gestionnaire ticked as seen on the piece."""

    vu: Sequence[str] = ()


@dataclass(frozen=True)
class RefuserChangement(SurChangement):
    motif: str
    modele: str | None = None


@dataclass(frozen=True)
class DemanderComplement(SurChangement):
    motif: str
    modele: str | None = None
    avant: date | None = None


@dataclass(frozen=True)
class CompleterChangement(SurChangement):
    """Only what changes: other answers stay as they were."""

    valeurs: Mapping[str, object] = field(default_factory=dict)
    date_effet: str | None = None
    pieces: Sequence[PieceDonnee] = ()
    message: str = ""


@dataclass(frozen=True)
class LibererApresTransfert:
    """The agent's portefeuille changed hands: who no longer manages her no longer holds her requests."""

    agent_id: str


@dataclass(frozen=True)
class ChargerExtrait:
    """One agent's part of the HR extract."""

    agent_id: str
    academie: str
    base: str
    arrete_au: date
    numen: str
    entrees: Sequence[NouvelleEntree]


@dataclass(frozen=True)
class VerserElementDuCV:
    """A version of an element of the CV was verified."""

    agent_id: str
    element_id: str
    version: int
