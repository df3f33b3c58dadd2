"""What a CV is made of: dated definitions, read as data."""

from dataclasses import dataclass
from datetime import date

from chassis.errors import Introuvable


@dataclass(frozen=True)
class Choix:
    code: str
    libelle: str


@dataclass(frozen=True)
class Champ:
    """One piece of information. `type`: texte, texte_long, date, choix; `max` a number of characters.

    `passe`: a date that cannot be in the future. `apres`: the date field it cannot come before.
    """

    nom: str
    libelle: str
    type: str = "texte"
    obligatoire: bool = False
    aide: str = ""
    max: int = 150
    choix: tuple[Choix, ...] = ()
    autocomplete: str | None = None
    passe: bool = False
    apres: str | None = None

    def libelle_du_choix(self, code: str) -> str:
        return next((choix.libelle for choix in self.choix if choix.code == code), code)


@dataclass(frozen=True)
class PieceAttendue:
    """`obligatoire`: needed to submit, not to keep a draft."""

    usage: str
    libelle: str
    obligatoire: bool = False
    aide: str = ""
    max: int = 1


@dataclass(frozen=True)
class Rubrique:
    """One part of the CV. `verifiable`: a gestionnaire can compare it with a proof, so it may be
    submitted; `qui_voit`: the sentence that says who sees it."""

    code: str
    libelle: str
    description: str
    verifiable: bool
    qui_voit: str
    champs: tuple[Champ, ...]
    source: str
    valable_du: date
    valable_au: date | None = None
    pieces: tuple[PieceAttendue, ...] = ()

    def champ(self, nom: str) -> Champ | None:
        return next((champ for champ in self.champs if champ.nom == nom), None)

    def piece(self, usage: str) -> PieceAttendue | None:
        return next((piece for piece in self.pieces if piece.usage == usage), None)

    def vaut_le(self, jour: date) -> bool:
        return self.valable_du <= jour and (self.valable_au is None or jour <= self.valable_au)


@dataclass(frozen=True)
class Motif:
    """A model of reason. `nature`: refus or complement; `rubrique` None: any."""

    code: str
    nature: str
    libelle: str
    texte: str
    rubrique: str | None = None


@dataclass(frozen=True)
class Catalogue:
    """All the dated data of the service. `delai_reponse`: working days in which the service answers."""

    rubriques: tuple[Rubrique, ...]
    motifs: tuple[Motif, ...]
    rappel: str
    delai_reponse: int

    def rubrique(self, code: str, jour: date) -> Rubrique:
        """Raises Introuvable for a rubrique that does not exist on this day."""
        for rubrique in self.rubriques:
            if rubrique.code == code and rubrique.vaut_le(jour):
                return rubrique
        raise Introuvable("Cette rubrique n’existe pas dans votre CV.")

    def motif(self, code: str) -> Motif | None:
        return next((motif for motif in self.motifs if motif.code == code), None)
