"""What the file is made of and what may be reported about it: dated definitions, read as data."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from unicodedata import normalize

from chassis.errors import Introuvable

Valeur = str | int | bool | None

REMPLACE = "remplace"
AJOUTE = "ajoute"
CLOT = "clot"
AUCUN = "aucun"


@dataclass(frozen=True)
class Choix:
    code: str
    libelle: str


@dataclass(frozen=True)
class Champ:
    """One piece of information. `type`: texte, texte_long, date, code_postal, telephone, courriel,
    choix, pays, iban, entier, booleen, entree (one of the entries in force).

    `max` is a number of characters (texte…) or the greatest value (entier).
    """

    nom: str
    libelle: str
    type: str = "texte"
    obligatoire: bool = False
    aide: str = ""
    max: int = 100
    choix: tuple[Choix, ...] = ()
    autocomplete: str | None = None
    defaut: str | None = None
    attendu: bool = False

    def libelle_du_choix(self, code: str) -> str:
        return next((choix.libelle for choix in self.choix if choix.code == code), code)


@dataclass(frozen=True)
class PieceAttendue:
    usage: str
    libelle: str
    obligatoire: bool = False
    aide: str = ""
    max: int = 1


@dataclass(frozen=True)
class DateEffet:
    """How the effective date is asked. `future_max_jours`: how far ahead it may be; `dans`: the field
    of the entry that holds it too (a birth, a degree)."""

    libelle: str
    aide: str = ""
    future_max_jours: int = 0
    dans: str | None = None


@dataclass(frozen=True)
class Cas:
    """One thing that may be reported. `effet`: remplace, ajoute, clot, or aucun (an error to be put
    right in the HR base itself). `fixe`: values this case implies."""

    code: str
    libelle: str
    effet: str
    champs: tuple[Champ, ...]
    date_effet: DateEffet
    source: str
    valable_du: date
    aide: str = ""
    valable_au: date | None = None
    pieces: tuple[PieceAttendue, ...] = ()
    fixe: Mapping[str, Valeur] = field(default_factory=dict)

    def vaut_le(self, jour: date) -> bool:
        return self.valable_du <= jour and (self.valable_au is None or jour <= self.valable_au)

    def piece(self, usage: str) -> PieceAttendue | None:
        return next((piece for piece in self.pieces if piece.usage == usage), None)


@dataclass(frozen=True)
class Rubrique:
    """One part of the file. `unique`: one present state whose entries complete each other (an address);
    otherwise a list of entries (children, degrees). `signaler`: changement or erreur.

    `resume` is the one-line form of an entry, with the names of its fields; `resume_de` says of which:
    derniere, toutes, or nombre (how many). `attendue`: a file without any entry here is incomplete.
    """

    code: str
    libelle: str
    description: str
    groupe: str
    signaler: str
    unique: bool
    champs: tuple[Champ, ...]
    cas: tuple[Cas, ...]
    resume: str
    resume_de: str = "derniere"
    attendue: bool = False

    def champ(self, nom: str) -> Champ | None:
        return next((champ for champ in self.champs if champ.nom == nom), None)

    def un_cas(self, code: str, jour: date) -> Cas:
        """Raises Introuvable when nothing by this code may be reported on this day."""
        for cas in self.cas:
            if cas.code == code and cas.vaut_le(jour):
                return cas
        raise Introuvable(f"« {self.libelle} » ne permet pas de signaler cela.")


@dataclass(frozen=True)
class Motif:
    """A model of reason. `nature`: refus or complement; `rubrique` None: any."""

    code: str
    nature: str
    libelle: str
    texte: str
    rubrique: str | None = None


@dataclass(frozen=True)
class VoieDeRecours:
    """A way to contest a refusal, with the rule it stands on. `delai_mois` counts from the decision."""

    titre: str
    texte: str
    source: str
    delai_mois: int | None = None

    def dernier_jour(self, decision: date) -> date:
        """A delay in months ends on the day of the same number, or on the month's last day."""
        mois = decision.month - 1 + (self.delai_mois or 0)
        annee, mois = decision.year + mois // 12, mois % 12 + 1
        return date(annee, mois, min(decision.day, monthrange(annee, mois)[1]))


@dataclass(frozen=True)
class Catalogue:
    """All the dated data of the service. `delai_reponse`: working days in which the service answers."""

    rubriques: tuple[Rubrique, ...]
    motifs: tuple[Motif, ...]
    recours: tuple[VoieDeRecours, ...]
    delai_reponse: int
    pays: Mapping[str, str]
    trigrammes: Mapping[str, str]

    def rubrique(self, code: str) -> Rubrique:
        """Raises Introuvable for a rubrique that does not exist."""
        for rubrique in self.rubriques:
            if rubrique.code == code:
                return rubrique
        raise Introuvable("Cette rubrique n’existe pas dans votre dossier.")

    def pays_tries(self) -> list[tuple[str, str]]:
        """France first, then the others by name."""
        return sorted(self.pays.items(), key=lambda pays: (pays[0] != "FR", sans_accent(pays[1])))

    def trigramme(self, academie: str) -> str:
        return self.trigrammes.get(academie, "ACA")


def sans_accent(texte: str) -> str:
    """For sorting as in a French list."""
    return normalize("NFKD", texte).encode("ascii", "ignore").decode().lower()
