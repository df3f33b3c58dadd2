"""The notices: dated texts, filled with codes only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Modele:
    """What is written when an event of this `evenement` (wire type) comes.

    `nature` distinguishes two meanings of one event (None: any). `sujet`, `texte`, `libelle` and `lien`
    hold the marks {reference}, {rubrique}, {objet_id}.
    """

    evenement: str
    source: str
    type: str
    sujet: str
    texte: str
    libelle: str
    lien: str
    valable_du: date
    nature: str | None = None
    valable_au: date | None = None

    def convient(self, evenement: str, nature: str | None, jour: date) -> bool:
        en_vigueur = self.valable_du <= jour and (self.valable_au is None or jour <= self.valable_au)
        return en_vigueur and self.evenement == evenement and self.nature in (None, nature)


@dataclass(frozen=True)
class Modeles:
    """`rubriques`: per source, the words for each code."""

    modeles: tuple[Modele, ...]
    rubriques: Mapping[str, Mapping[str, str]]

    def pour(self, evenement: str, nature: str | None, jour: date) -> Modele | None:
        """None when this event leaves no notice."""
        for modele in self.modeles:
            if modele.convient(evenement, nature, jour):
                return modele
        return None

    def rubrique(self, source: str, code: str) -> str:
        """The rubrique in words; the source's own word when the code is not known yet."""
        return self.rubriques[source].get(code, self.rubriques[source]["autre"])


@dataclass(frozen=True)
class AvisRedige:
    """A notice ready to be sent."""

    source: str
    type: str
    sujet: str
    texte: str
    libelle: str
    lien: str


def rediger(modele: Modele, marques: Mapping[str, str]) -> AvisRedige:
    """Raises KeyError when the model uses a mark nobody gives."""
    return AvisRedige(
        source=modele.source,
        type=modele.type,
        sujet=modele.sujet.format_map(marques),
        texte=modele.texte.format_map(marques),
        libelle=modele.libelle.format_map(marques),
        lien=modele.lien.format_map(marques),
    )
