"""Who may see and act on a file: the agent herself, and the gestionnaire of her portefeuille."""

from datetime import date, datetime

from chassis.clock import paris_date
from chassis.commands import Acteur
from chassis.errors import Interdit, Introuvable
from contracts.perimetre import compte_actif, gere
from dossier.application.ports import Application
from dossier.domain.transitions import AGENT, GESTIONNAIRE
from dossier.domain.vie import Auteur

ROLE_GESTIONNAIRE = "gestionnaire"
REFUS = "refus"
INTROUVABLE = "Cette page n’existe pas ou ne vous est pas ouverte."


def auteur(application: Application, acteur: Acteur, agent_id: str, now: datetime) -> Auteur:
    """In what quality this person comes to this file.

    Raises Interdit (her account is closed), or Introuvable, journaled, when the file is not open to her.
    """
    refuser_compte_ferme(application, acteur)
    if acteur.id == agent_id:
        return Auteur(acteur.id, AGENT)
    if acteur.a_le_role(ROLE_GESTIONNAIRE) and _gere(application, acteur.id, agent_id, paris_date(now)):
        return Auteur(acteur.id, GESTIONNAIRE)
    application.acces_refuses.record(agent_id, acteur.id, _role(acteur), REFUS, now)
    raise Introuvable(INTROUVABLE)


def agent_seul(application: Application, acteur: Acteur, agent_id: str, now: datetime) -> Auteur:
    """The agent herself, about herself; anybody else gets a 404."""
    qui = auteur(application, acteur, agent_id, now)
    if qui.qualite != AGENT:
        raise Introuvable(INTROUVABLE)
    return qui


def refuser_compte_ferme(application: Application, acteur: Acteur) -> None:
    """An agent not known yet may see her own file; a closed account sees nothing."""
    personne = application.agents.get(acteur.id)
    if personne is not None and not compte_actif(personne):
        raise Interdit("Votre compte est fermé. Adressez-vous à votre service de gestion.")


def _gere(application: Application, acteur_id: str, agent_id: str, jour: date) -> bool:
    agent = application.agents.get(agent_id)
    code = agent.get("portefeuille_id") if agent else None
    portefeuille = application.portefeuilles.get(code) if code else None
    connue = compte_actif(application.agents.get(acteur_id))
    return connue and gere(acteur_id, agent, portefeuille, jour)


def _role(acteur: Acteur) -> str:
    return ROLE_GESTIONNAIRE if acteur.a_le_role(ROLE_GESTIONNAIRE) else "autre"
