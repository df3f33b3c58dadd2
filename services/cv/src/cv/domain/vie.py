"""What happens to an element, from its submission to its verification. Each act follows TRANSITIONS."""

from dataclasses import dataclass
from datetime import date, datetime

from chassis.errors import DonneesInvalides
from chassis.transitions import Transition
from cv.domain.brouillon import Brouillon
from cv.domain.catalogue import Rubrique
from cv.domain.element import CV, Correction, Element, Verification, Version
from cv.domain.erreurs import DetenuParUnAutre, NonVerifiable, TransitionInterdite, champ_invalide
from cv.domain.evenements import PAR_NOM, EvenementDElement
from cv.domain.saisie import erreurs_de_completude
from cv.domain.transitions import DETENTEUR, EN_VERIFICATION, GESTIONNAIRE, SOUMIS, TRANSITIONS

IMPOSSIBLE = "Ce n’est plus possible : cet élément a avancé depuis. Rouvrez la page pour voir où il en est."
EN_COURS_DE_VERIFICATION = (
    "Votre gestionnaire vérifie cet élément : attendez sa réponse. Votre brouillon est gardé."
)
NATURES = ("refus", "complement")
MOTIF_MAX = 1000


@dataclass(frozen=True)
class Auteur:
    """Who acts on an element: `qualite` is agent, gestionnaire or systeme."""

    id: str
    qualite: str
    portefeuille_id: str | None = None

    def qualites(self, element: Element) -> frozenset[str]:
        if self.qualite == GESTIONNAIRE and element.pris_par == self.id:
            return frozenset({GESTIONNAIRE, DETENTEUR})
        return frozenset({self.qualite})


@dataclass(frozen=True)
class Renvoi:
    """Why an element goes back to its author. `modele` is the code of the model it was written from."""

    nature: str
    motif: str
    modele: str | None = None


def possibles(element: Element, auteur: Auteur) -> tuple[str, ...]:
    """The commands this person may give now."""
    return TRANSITIONS.commandes_possibles(element.etat, auteur.qualites(element))


def verifier_completude(rubrique: Rubrique, brouillon: Brouillon) -> None:
    """Raises NonVerifiable, or DonneesInvalides naming everything that is missing."""
    if not rubrique.verifiable:
        raise NonVerifiable(
            "Cette rubrique ne se vérifie pas : votre élément reste chez vous, vous n’avez rien à envoyer."
        )
    manques = erreurs_de_completude(rubrique, brouillon.valeurs, brouillon.pieces)
    if manques:
        raise DonneesInvalides(manques)


def soumettre(
    cv: CV, brouillon: Brouillon, auteur: Auteur, le: datetime, echeance: date
) -> list[EvenementDElement]:
    """The draft becomes the next version; who held the previous one holds it no more."""
    element = cv.elements.get(brouillon.id)
    etape = _etape_de_soumission(element, auteur)
    version = Version(brouillon.base + 1, brouillon.valeurs, brouillon.pieces, le)
    if element is None:
        element = Element(brouillon.id, brouillon.rubrique, SOUMIS, le, [])
        cv.elements[element.id] = element
    element.versions.append(version)
    cv.refs = sorted({*cv.refs, *(piece.ref for piece in version.pieces)})
    element.echeance, element.correction = echeance, None
    _lacher(element)
    return _passer(element, etape, auteur, le)


def prendre_en_charge(element: Element, auteur: Auteur, le: datetime) -> list[EvenementDElement]:
    """Nothing to do when the same person already holds it."""
    if element.etat == EN_VERIFICATION and element.pris_par == auteur.id:
        return []
    etape = _etape(element, "prendre_en_charge", auteur)
    element.pris_par, element.portefeuille_de_prise = auteur.id, auteur.portefeuille_id
    return _passer(element, etape, auteur, le)


def liberer(
    element: Element, auteur: Auteur, le: datetime, motif: str | None = None
) -> list[EvenementDElement]:
    etape = _etape(element, "liberer", auteur)
    _lacher(element)
    return _passer(element, etape, auteur, le, code=motif, motif=motif)


def verifier(element: Element, auteur: Auteur, le: datetime) -> list[EvenementDElement]:
    etape = _etape(element, "verifier", auteur)
    element.derniere.verification = Verification(auteur.id, le)
    element.echeance = None
    return _passer(element, etape, auteur, le)


def renvoyer(element: Element, auteur: Auteur, le: datetime, renvoi: Renvoi) -> list[EvenementDElement]:
    """Raises DonneesInvalides without a reason: what goes back is always explained."""
    etape = _etape(element, "renvoyer", auteur)
    motif = _motif(renvoi)
    element.correction = Correction(renvoi.nature, motif, renvoi.modele, auteur.id, le)
    element.echeance = None
    return _passer(element, etape, auteur, le, code=renvoi.modele, motif=motif)


def retirer(element: Element, auteur: Auteur, le: datetime) -> list[EvenementDElement]:
    etape = _etape(element, "retirer", auteur)
    element.echeance = None
    _lacher(element)
    return _passer(element, etape, auteur, le)


def liberer_apres_transfert(
    cv: CV, portefeuille_id: str | None, auteur: Auteur, le: datetime
) -> list[EvenementDElement]:
    """Lets go of what was taken under another portefeuille than the agent's present one."""
    restes = [
        element
        for element in cv.elements.values()
        if element.etat == EN_VERIFICATION and element.portefeuille_de_prise != portefeuille_id
    ]
    return [fait for element in restes for fait in liberer(element, auteur, le, "transfert")]


def _lacher(element: Element) -> None:
    element.pris_par = element.portefeuille_de_prise = None


def _motif(renvoi: Renvoi) -> str:
    motif = renvoi.motif.strip()
    if renvoi.nature not in NATURES:
        raise champ_invalide("nature", "Dites si c’est un refus ou un complément à apporter.")
    if not motif:
        raise champ_invalide("motif", "Écrivez le motif : l’agent le lira.")
    if len(motif) > MOTIF_MAX:
        raise champ_invalide("motif", f"Ce motif est trop long : {MOTIF_MAX} caractères au plus.")
    return motif


def _etape_de_soumission(element: Element | None, auteur: Auteur) -> Transition:
    if element is not None and not TRANSITIONS.etapes(element.etat, "soumettre"):
        raise TransitionInterdite(EN_COURS_DE_VERIFICATION)
    rangees = [
        e
        for e in TRANSITIONS.etapes(element.etat if element else None, "soumettre")
        if e.par == auteur.qualite
    ]
    if not rangees:
        raise TransitionInterdite(IMPOSSIBLE)
    return rangees[0]


def _etape(element: Element, commande: str, auteur: Auteur) -> Transition:
    """The row of the table that applies. Raises TransitionInterdite or DetenuParUnAutre."""
    rangees = TRANSITIONS.etapes(element.etat, commande)
    qualites = auteur.qualites(element)
    permises = [etape for etape in rangees if etape.par in qualites]
    if permises:
        return permises[0]
    if any(etape.par == DETENTEUR for etape in rangees) and auteur.qualite == GESTIONNAIRE:
        raise DetenuParUnAutre(element.pris_par)
    if commande == "prendre_en_charge" and element.etat == EN_VERIFICATION:
        raise DetenuParUnAutre(element.pris_par)
    raise TransitionInterdite(IMPOSSIBLE)


def _passer(
    element: Element,
    etape: Transition,
    auteur: Auteur,
    le: datetime,
    *,
    code: str | None = None,
    motif: str | None = None,
) -> list[EvenementDElement]:
    element.passe(etape.vers, etape.commande, auteur.id, le, motif)
    return [PAR_NOM[etape.evenement](element.id, code)]
