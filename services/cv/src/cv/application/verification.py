"""Submitting, verifying, withdrawing: what changes the CV and is told to the others."""

from collections.abc import Callable, Sequence

from chassis.aggregates import Execution
from chassis.clock import paris_date
from chassis.commands import CommandContext, Expected
from chassis.errors import Conflit, Introuvable
from chassis.working_days import after_working_days
from cv.application.commandes import (
    LibererApresTransfert,
    LibererElement,
    PrendreEnCharge,
    RenvoyerElement,
    RetirerElement,
    SoumettreElement,
    VerifierElement,
)
from cv.application.outils import Outils
from cv.application.redaction import abandonner, etat_present, exiger_agent, lire_cv, refuser_perime
from cv.application.vue import Resultat, VueElement, vue_de_l_agent
from cv.domain import vie
from cv.domain.brouillon import Brouillon
from cv.domain.element import CV, Element
from cv.domain.evenements import EvenementDElement
from cv.domain.transitions import AGENT, GESTIONNAIRE, SYSTEME
from cv.domain.vie import Auteur, Renvoi

Acte = Callable[[Element, Auteur], Sequence[EvenementDElement]]


def soumettre(
    outils: Outils, commande: SoumettreElement, contexte: CommandContext, attendu: Expected | None
) -> Resultat:
    """The draft becomes the next version to verify; then it is gone."""
    exiger_agent(outils, commande.agent, contexte)
    brouillon = _brouillon_vivant(outils, commande.agent, commande.element, attendu)
    if brouillon is not None:
        rubrique = outils.catalogue.rubrique(brouillon.rubrique, paris_date(contexte.now))
        vie.verifier_completude(rubrique, brouillon)
        _retenir(outils, brouillon, contexte)
    execution = outils.depot.execute(
        commande.agent,
        contexte,
        lambda cv: _soumettre(outils, cv, commande, brouillon, contexte),
        create=lambda: CV(commande.agent),
    )
    if brouillon is not None:
        outils.pieces.attach([piece.ref for piece in brouillon.pieces])
    if not execution.replayed:
        outils.brouillons.effacer(commande.agent, commande.element)
    return _resultat(execution, commande.element)


def retirer(
    outils: Outils, commande: RetirerElement, contexte: CommandContext, attendu: Expected | None
) -> Resultat:
    """Abandons the draft when there is one; otherwise withdraws what was submitted."""
    exiger_agent(outils, commande.agent, contexte)
    cv, brouillon = lire_cv(outils, commande.agent), outils.brouillons.lire(commande.agent, commande.element)
    if brouillon is not None and brouillon.abandonne_le and brouillon.cle == contexte.key:
        return etat_present(outils, commande.agent, commande.element)
    if brouillon is not None and brouillon.est_vivant(cv):
        vue = vue_de_l_agent(cv, [brouillon])
        return abandonner(outils, brouillon, vue, contexte, attendu)
    acte: Acte = lambda element, auteur: vie.retirer(element, auteur, contexte.now)  # noqa: E731
    return _agir(outils, commande.agent, commande.element, AGENT, contexte, attendu, acte)


def prendre_en_charge(
    outils: Outils, commande: PrendreEnCharge, contexte: CommandContext, attendu: Expected | None
) -> Resultat:
    acte: Acte = lambda element, auteur: vie.prendre_en_charge(element, auteur, contexte.now)  # noqa: E731
    return _agir(outils, commande.agent, commande.element, GESTIONNAIRE, contexte, attendu, acte)


def liberer(
    outils: Outils, commande: LibererElement, contexte: CommandContext, attendu: Expected | None
) -> Resultat:
    acte: Acte = lambda element, auteur: vie.liberer(element, auteur, contexte.now)  # noqa: E731
    return _agir(outils, commande.agent, commande.element, GESTIONNAIRE, contexte, attendu, acte)


def verifier(
    outils: Outils, commande: VerifierElement, contexte: CommandContext, attendu: Expected | None
) -> Resultat:
    acte: Acte = lambda element, auteur: vie.verifier(element, auteur, contexte.now)  # noqa: E731
    return _agir(outils, commande.agent, commande.element, GESTIONNAIRE, contexte, attendu, acte)


def renvoyer(
    outils: Outils, commande: RenvoyerElement, contexte: CommandContext, attendu: Expected | None
) -> Resultat:
    renvoi = Renvoi(commande.nature, commande.motif, commande.modele)
    acte: Acte = lambda element, auteur: vie.renvoyer(element, auteur, contexte.now, renvoi)  # noqa: E731
    return _agir(outils, commande.agent, commande.element, GESTIONNAIRE, contexte, attendu, acte)


def liberer_apres_transfert(
    outils: Outils, commande: LibererApresTransfert, contexte: CommandContext
) -> None:
    """A no-op when nothing is held under another portefeuille, or when there is no CV."""
    if outils.depot.read(commande.agent) is None:
        return
    auteur = Auteur(contexte.acteur.id, SYSTEME)
    outils.depot.execute(
        commande.agent,
        contexte,
        lambda cv: vie.liberer_apres_transfert(cv, commande.portefeuille_id, auteur, contexte.now),
    )


def _agir(
    outils: Outils,
    agent: str,
    element_id: str,
    qualite: str,
    contexte: CommandContext,
    attendu: Expected | None,
    acte: Acte,
) -> Resultat:
    auteur = outils.perimetre.auteur(contexte.acteur, agent, paris_date(contexte.now))
    if auteur.qualite != qualite:
        raise Introuvable("Cet acte n’est pas ouvert à cette personne.")
    execution = outils.depot.execute(
        agent, contexte, lambda cv: acte(cv.element(element_id), auteur), expected=attendu
    )
    return _resultat(execution, element_id)


def _soumettre(
    outils: Outils,
    cv: CV,
    commande: SoumettreElement,
    brouillon: Brouillon | None,
    contexte: CommandContext,
) -> list[EvenementDElement]:
    if brouillon is None or not brouillon.est_vivant(cv):
        cv.element(commande.element)
        raise Conflit("Rien de nouveau à soumettre : modifiez d’abord cet élément.")
    auteur = Auteur(contexte.acteur.id, AGENT)
    echeance = after_working_days(paris_date(contexte.now), outils.catalogue.delai_reponse)
    return vie.soumettre(cv, brouillon, auteur, contexte.now, echeance)


def _brouillon_vivant(
    outils: Outils, agent: str, element_id: str, attendu: Expected | None
) -> Brouillon | None:
    """None once sent: the command then finds its own trace, or refuses."""
    cv, brouillon = lire_cv(outils, agent), outils.brouillons.lire(agent, element_id)
    if brouillon is None or not brouillon.est_vivant(cv):
        return None
    refuser_perime(vue_de_l_agent(cv, [brouillon]), element_id, attendu)
    return brouillon


def _retenir(outils: Outils, brouillon: Brouillon, contexte: CommandContext) -> None:
    refs = [piece.ref for piece in brouillon.pieces]
    outils.pieces.claim(refs, brouillon.agent, brouillon.agent, contexte.now)


def _resultat(execution: Execution[CV], element_id: str) -> Resultat:
    return Resultat(VueElement(execution.aggregate.element(element_id), None), execution.seq)
