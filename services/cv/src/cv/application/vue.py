"""A CV as somebody may see it: what was submitted and, for its author, her drafts over it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from chassis.errors import Introuvable
from cv.domain.brouillon import Brouillon
from cv.domain.element import CV, Element, PieceJointe, Valeurs
from cv.domain.transitions import AGENT, BROUILLON, RETIRE
from cv.domain.vie import Auteur, possibles


@dataclass(frozen=True)
class VueElement:
    """One element: a draft, what was submitted, or a draft of the next version over what was submitted."""

    element: Element | None
    brouillon: Brouillon | None

    @property
    def id(self) -> str:
        return self._premier.id

    @property
    def rubrique(self) -> str:
        return self._premier.rubrique

    @property
    def etat(self) -> str:
        if self.brouillon is None:
            return self._soumis.etat
        return BROUILLON if self.brouillon.abandonne_le is None else RETIRE

    @property
    def version(self) -> int:
        return self.brouillon.base + 1 if self.brouillon else self._soumis.derniere.n

    @property
    def rev(self) -> int:
        return self._premier.rev

    @property
    def valeurs(self) -> Valeurs:
        return self.brouillon.valeurs if self.brouillon else self._soumis.derniere.valeurs

    @property
    def pieces(self) -> list[PieceJointe]:
        return self.brouillon.pieces if self.brouillon else self._soumis.derniere.pieces

    @property
    def etat_depuis(self) -> datetime:
        return self.brouillon.modifie_le if self.brouillon else self._soumis.etat_depuis

    def piece(self, n: int) -> PieceJointe:
        """Raises Introuvable."""
        for piece in self.pieces:
            if piece.n == n:
                return piece
        raise Introuvable("Ce fichier n’existe pas ou ne vous est pas ouvert.")

    def peut(self, auteur: Auteur) -> tuple[str, ...]:
        """The commands of the table, and what drafts add: an agent may always write on."""
        if self.brouillon is not None:
            return ("soumettre", "modifier", "retirer") if self.etat == BROUILLON else ()
        commandes = possibles(self._soumis, auteur)
        if auteur.qualite != AGENT:
            return commandes
        return ("modifier", *(commande for commande in commandes if commande != "soumettre"))

    @property
    def _premier(self) -> Element | Brouillon:
        return self.brouillon or self._soumis

    @property
    def _soumis(self) -> Element:
        assert self.element is not None
        return self.element


@dataclass(frozen=True)
class Vue:
    """`elements` in the order they were begun."""

    id: str
    elements: Mapping[str, VueElement] = field(default_factory=dict)

    def element(self, id: str) -> VueElement:
        """Raises Introuvable."""
        try:
            return self.elements[id]
        except KeyError:
            raise Introuvable("Cet élément n’existe pas ou ne vous est pas ouvert.") from None


@dataclass(frozen=True)
class Resultat:
    """The element as it is after a command; `seq` of its last event, 0 for a draft."""

    element: VueElement
    seq: int


def vue_de_l_agent(cv: CV, brouillons: Iterable[Brouillon]) -> Vue:
    """Everything: she is the only one to see drafts and what she withdrew."""
    vivants = {brouillon.id: brouillon for brouillon in brouillons if brouillon.est_vivant(cv)}
    ids = dict.fromkeys([*cv.elements, *vivants])
    return Vue(cv.id, {id: VueElement(cv.elements.get(id), vivants.get(id)) for id in ids})


def vue_du_gestionnaire(cv: CV) -> Vue:
    """What was submitted and not withdrawn."""
    vus = {id: VueElement(element, None) for id, element in cv.elements.items() if element.etat != RETIRE}
    return Vue(cv.id, vus)
