"""The entries of a file: only ever added. The present is read by folding them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from dossier.domain.catalogue import Valeur

BASE = "base"
SIGNALE = "signale"
CV = "cv"


@dataclass
class Decision:
    """Who let this value in, when, and under which request."""

    par: str
    le: datetime
    reference: str
    changement_id: str


@dataclass
class Entree:
    """What was said at one moment. `valeurs` holds only what it states; `remplace` is the entry it
    follows; `connu_le` the day it was known, `date_effet` the day it is true from (None: always).

    `source`: `EPP 2026-09-01`, the reference of a request, or `cv:<element>:<version>`.
    """

    id: str
    rang: int
    rubrique: str
    valeurs: dict[str, Valeur]
    connu_le: date
    origine: str
    source: str
    date_effet: date | None = None
    date_fin: date | None = None
    remplace: str | None = None
    en_attente_reprise: bool = False
    decision: Decision | None = None

    def a_commence(self, jour: date) -> bool:
        return self.date_effet is None or self.date_effet <= jour


@dataclass(frozen=True)
class Chaine:
    """An information and everything said about it, oldest first."""

    entrees: tuple[Entree, ...] = field(default=())

    def etat(self, jour: date) -> dict[str, Valeur]:
        """The values in force on this day."""
        return _fondues(entree for entree in self.entrees if entree.a_commence(jour))

    def etat_apres(self, derniere: Entree) -> dict[str, Valeur]:
        """The values as they were left by this entry."""
        return _fondues(entree for entree in self.entrees if entree.rang <= derniere.rang)

    def en_vigueur(self, jour: date) -> Entree | None:
        """The entry that holds on this day; None when it has ended or not begun."""
        commencees = [entree for entree in self.entrees if entree.a_commence(jour)]
        if not commencees:
            return None
        derniere = commencees[-1]
        return None if derniere.date_fin and derniere.date_fin < jour else derniere

    @property
    def tete(self) -> Entree:
        return self.entrees[-1]


def chaines(entrees: Iterable[Entree]) -> tuple[Chaine, ...]:
    """Entries that follow each other, together; in the order the first one was known."""
    par_racine: dict[str, list[Entree]] = {}
    racines: dict[str, str] = {}
    for entree in sorted(entrees, key=lambda e: e.rang):
        racine = racines.get(entree.remplace or "", entree.id)
        racines[entree.id] = racine
        par_racine.setdefault(racine, []).append(entree)
    return tuple(Chaine(tuple(suite)) for suite in par_racine.values())


def meme_contenu(une: Mapping[str, Valeur], autre: Mapping[str, Valeur]) -> bool:
    """Same information, whatever fields are left empty on either side."""
    return _renseignees(une) == _renseignees(autre)


def _renseignees(valeurs: Mapping[str, Valeur]) -> dict[str, Valeur]:
    return {nom: valeur for nom, valeur in valeurs.items() if valeur not in (None, "")}


def _fondues(entrees: Iterable[Entree]) -> dict[str, Valeur]:
    valeurs: dict[str, Valeur] = {}
    for entree in entrees:
        valeurs.update(entree.valeurs)
    return valeurs
