"""An element of the CV: what was submitted, version by version, and what became of it."""

from dataclasses import dataclass, field
from datetime import date, datetime

from chassis.errors import Introuvable

Valeurs = dict[str, str | None]


@dataclass(frozen=True)
class PieceJointe:
    """A proof. `taille` in bytes, `pages` the number of page images; `analyse` is the antivirus' word."""

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


@dataclass(frozen=True)
class Verification:
    """By whom and when this version was found true."""

    par: str
    le: datetime


@dataclass(frozen=True)
class Correction:
    """Why it came back. `nature`: refus or complement; `motif` is the sentence the agent reads."""

    nature: str
    motif: str
    modele: str | None
    par: str
    le: datetime


@dataclass
class Version:
    """What the agent submitted at one moment: never changed afterwards, only verified or not."""

    n: int
    valeurs: Valeurs
    pieces: list[PieceJointe]
    soumise_le: datetime
    verification: Verification | None = None


@dataclass(frozen=True)
class Acte:
    """One line of the element's history."""

    acte: str
    etat: str
    par: str
    le: datetime
    version: int
    motif: str | None = None


@dataclass
class Element:
    """`echeance` is the day by which the service answers; `portefeuille_de_prise` the portefeuille of
    the agent when `pris_par` took it: a transfer is told by their difference."""

    id: str
    rubrique: str
    etat: str
    etat_depuis: datetime
    versions: list[Version]
    echeance: date | None = None
    pris_par: str | None = None
    portefeuille_de_prise: str | None = None
    correction: Correction | None = None
    chronologie: list[Acte] = field(default_factory=list)
    rev: int = 0

    @property
    def derniere(self) -> Version:
        return self.versions[-1]

    def version(self, n: int) -> Version:
        """Raises Introuvable."""
        for version in self.versions:
            if version.n == n:
                return version
        raise Introuvable("Cette version n’existe pas.")

    def passe(self, etat: str, acte: str, par: str, le: datetime, motif: str | None = None) -> None:
        """Moves to a state and writes it down."""
        self.etat, self.etat_depuis = etat, le
        self.chronologie.append(Acte(acte, etat, par, le, self.derniere.n, motif))


@dataclass
class CV:
    """The CV of one agent; `id` is her `personne_id`. `refs` are the files any of its versions names."""

    id: str
    elements: dict[str, Element] = field(default_factory=dict)
    refs: list[str] = field(default_factory=list)

    @property
    def items(self) -> dict[str, Element]:
        return self.elements

    def element(self, id: str) -> Element:
        """Raises Introuvable."""
        try:
            return self.elements[id]
        except KeyError:
            raise Introuvable("Cet élément n’existe pas ou ne vous est pas ouvert.") from None
