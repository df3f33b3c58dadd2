"""What may be asked of the courrier."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class OuvrirFil:
    """`agent` is whose thread it will be; `refs` name files already received."""

    agent: str
    sujet: str = field(repr=False)
    texte: str = field(repr=False)
    refs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Repondre:
    fil: str
    texte: str = field(repr=False)
    refs: tuple[str, ...] = ()


@dataclass(frozen=True)
class LireFil:
    fil: str


@dataclass(frozen=True)
class PrendreEnCharge:
    fil: str


@dataclass(frozen=True)
class CloreFil:
    fil: str


@dataclass(frozen=True)
class RouvrirFil:
    fil: str


@dataclass(frozen=True)
class GarderBrouillon:
    """`cle` is the thread, or `nouveau`."""

    cle: str
    sujet: str = field(repr=False)
    texte: str = field(repr=False)
    agent: str | None = None
    refs: tuple[str, ...] = ()


@dataclass(frozen=True)
class EnvoyerAvis:
    """`evenement_id` names the event the notice is about: the same one never gives a second notice."""

    agent: str
    evenement: str
    evenement_id: str
    objet_id: str
    rubrique: str
    reference: str = ""
    nature: str | None = None


@dataclass(frozen=True)
class ReadresserFils:
    """The agent is now in this portefeuille."""

    agent: str
    portefeuille_id: str | None
