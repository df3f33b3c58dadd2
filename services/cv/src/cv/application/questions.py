"""What may be read of a CV, by whom. Opening somebody else's CV is written down before it is shown."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from chassis.clock import paris_date
from chassis.commands import Acteur
from chassis.consultations import Consultation
from chassis.errors import Introuvable
from cv.application.outils import Outils
from cv.application.redaction import lire_cv
from cv.application.vue import Vue, vue_de_l_agent, vue_du_gestionnaire
from cv.domain.element import Element, PieceJointe, Version
from cv.domain.transitions import AGENT
from cv.domain.vie import Auteur

MOTIFS = ("demande", "recherche", "message")
MEME_OUVERTURE = timedelta(minutes=30)


def ouvrir(outils: Outils, acteur: Acteur, agent: str, motif: str, le: datetime) -> tuple[Vue, Auteur]:
    """The CV as this person may see it; `motif` is why (one of MOTIFS). Raises Introuvable."""
    vue, auteur = _voir(outils, acteur, agent, le)
    if auteur.qualite != AGENT:
        outils.consultations.record(agent, acteur.id, auteur.qualite, motif, le)
    return vue, auteur


def piece(outils: Outils, acteur: Acteur, agent: str, element_id: str, n: int, le: datetime) -> PieceJointe:
    """A proof of an element whose opening is written down already; asked for by itself, it is an opening
    too. Raises Introuvable."""
    vue, auteur = _voir(outils, acteur, agent, le)
    if auteur.qualite != AGENT and not _vient_d_ouvrir(outils, acteur.id, agent, le):
        outils.consultations.record(agent, acteur.id, auteur.qualite, MOTIFS[0], le)
    return vue.element(element_id).piece(n)


def consultations(outils: Outils, acteur: Acteur, agent: str, le: datetime) -> Sequence[Consultation]:
    """Who opened this CV; for the agent alone."""
    _, auteur = _voir(outils, acteur, agent, le)
    if auteur.qualite != AGENT:
        raise Introuvable("Cette page n’existe pas ou ne vous est pas ouverte.")
    return outils.consultations.of(agent)


def version_verifiee(outils: Outils, agent: str, element_id: str, n: int) -> tuple[Element, Version]:
    """What was verified, for the service that copies it. Raises Introuvable."""
    element = lire_cv(outils, agent).element(element_id)
    version = element.version(n)
    if version.verification is None:
        raise Introuvable("Cette version n’est pas vérifiée.")
    return element, version


def _vient_d_ouvrir(outils: Outils, acteur_id: str, agent: str, le: datetime) -> bool:
    vues = outils.consultations.of(agent)
    return any(vue.acteur == acteur_id and le - vue.le < MEME_OUVERTURE for vue in vues)


def _voir(outils: Outils, acteur: Acteur, agent: str, le: datetime) -> tuple[Vue, Auteur]:
    auteur = outils.perimetre.auteur(acteur, agent, paris_date(le))
    cv = lire_cv(outils, agent)
    if auteur.qualite == AGENT:
        return vue_de_l_agent(cv, outils.brouillons.de(agent)), auteur
    return vue_du_gestionnaire(cv), auteur
