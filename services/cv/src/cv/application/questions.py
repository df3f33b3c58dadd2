"""What may be read of a CV, by whom."""

from datetime import date

from chassis.commands import Acteur
from chassis.errors import Introuvable
from cv.application.outils import Outils
from cv.application.redaction import lire_cv
from cv.application.vue import Vue, vue_de_l_agent, vue_du_gestionnaire
from cv.domain.element import Element, Version
from cv.domain.transitions import AGENT
from cv.domain.vie import Auteur


def cv_de(outils: Outils, acteur: Acteur, agent: str, jour: date) -> tuple[Vue, Auteur]:
    """The CV as this person may see it. Raises Introuvable."""
    auteur = outils.perimetre.auteur(acteur, agent, jour)
    cv = lire_cv(outils, agent)
    if auteur.qualite == AGENT:
        return vue_de_l_agent(cv, outils.brouillons.de(agent)), auteur
    return vue_du_gestionnaire(cv), auteur


def version_verifiee(outils: Outils, agent: str, element_id: str, n: int) -> tuple[Element, Version]:
    """What was verified, for the service that copies it. Raises Introuvable."""
    element = lire_cv(outils, agent).element(element_id)
    version = element.version(n)
    if version.verification is None:
        raise Introuvable("Cette version n’est pas vérifiée.")
    return element, version
