"""A change reported by an agent: an item of her file, with a life of its own."""

from dataclasses import dataclass, field
from datetime import date, datetime

from chassis.errors import Introuvable
from dossier.domain.catalogue import Valeur
from dossier.domain.transitions import EN_COURS


@dataclass(frozen=True)
class PieceJointe:
    """A file given with the request. `taille` in bytes; `analyse` is the antivirus' word."""

    n: int
    usage: str
    libelle: str
    ref: str
    nom: str
    type: str
    taille: int
    pages: int
    analyse: str
    deposee_le: datetime
    sha256: str = ""


@dataclass(frozen=True)
class Complement:
    """What the gestionnaire asks for; `avant` is the day she hopes to have it by."""

    motif: str
    modele: str | None
    par: str
    le: datetime
    avant: date | None


@dataclass(frozen=True)
class Issue:
    """The decision. `nature`: accepte or refuse; `motif` is the sentence the agent reads."""

    nature: str
    motif: str | None
    modele: str | None
    par: str
    le: datetime
    vu: tuple[str, ...] = ()


@dataclass(frozen=True)
class Acte:
    """One line of the request's history."""

    acte: str
    etat: str
    par: str
    le: datetime
    motif: str | None = None


@dataclass
class Changement:
    """`valeurs` is what the agent typed, normalised; `echeance` the day by which the next act is due."""

    id: str
    reference: str
    rubrique: str
    cas: str
    etat: str
    signale_le: datetime
    etat_depuis: datetime
    date_effet: date
    valeurs: dict[str, Valeur]
    pieces: list[PieceJointe]
    message: str = ""
    echeance: date | None = None
    pris_par: str | None = None
    complement: Complement | None = None
    decision: Issue | None = None
    demande_citee: str | None = None
    chronologie: list[Acte] = field(default_factory=list)
    rev: int = 0

    @property
    def en_cours(self) -> bool:
        return self.etat in EN_COURS

    def piece(self, n: int) -> PieceJointe:
        """Raises Introuvable."""
        for piece in self.pieces:
            if piece.n == n:
                return piece
        raise Introuvable("Cette pièce n’existe pas ou ne vous est pas ouverte.")

    def passe(self, etat: str, acte: str, par: str, le: datetime, motif: str | None = None) -> None:
        """Moves to a state and writes it down."""
        self.etat, self.etat_depuis = etat, le
        self.chronologie.append(Acte(acte, etat, par, le, motif))
