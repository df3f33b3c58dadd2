"""Who may act on whose CV, from the local copies of identity's topics."""

from dataclasses import dataclass
from datetime import date

from chassis.commands import Acteur
from chassis.errors import Interdit, Introuvable
from contracts import perimetre as regles
from cv.application.ports import Copie, JournalDesRefus
from cv.domain.transitions import AGENT, GESTIONNAIRE
from cv.domain.vie import Auteur

INCONNU = "Cette page n’existe pas ou ne vous est pas ouverte."
COMPTE_FERME = "Votre compte est fermé. Adressez-vous à votre service de gestion."


@dataclass(frozen=True)
class Perimetre:
    """The rules of `contracts.perimetre` applied to this service's copies."""

    agents: Copie
    portefeuilles: Copie
    refus: JournalDesRefus

    def auteur(self, acteur: Acteur, agent_id: str, jour: date) -> Auteur:
        """As whom this person acts on this agent.

        Raises Introuvable (noted) for somebody else's agent, Interdit when the account is closed.
        """
        if acteur.id == agent_id:
            self._refuser_compte_ferme(acteur.id)
            return Auteur(acteur.id, AGENT)
        if acteur.a_le_role("gestionnaire") and self._gere(acteur.id, agent_id, jour):
            return Auteur(acteur.id, GESTIONNAIRE, self.portefeuille_de(agent_id))
        self.refus.noter(acteur.id, agent_id)
        raise Introuvable(INCONNU)

    def portefeuille_de(self, agent_id: str) -> str | None:
        agent = self.agents.get(agent_id)
        return agent.get("portefeuille_id") if agent else None

    def _gere(self, personne_id: str, agent_id: str, jour: date) -> bool:
        if not regles.compte_actif(self.agents.get(personne_id)):
            return False
        agent = self.agents.get(agent_id)
        portefeuille = self.portefeuilles.get(agent["portefeuille_id"] or "") if agent else None
        return regles.gere(personne_id, agent, portefeuille, jour)

    def _refuser_compte_ferme(self, personne_id: str) -> None:
        """An unknown copy does not close one's own door: only a closed account does."""
        copie = self.agents.get(personne_id)
        if copie is not None and not regles.compte_actif(copie):
            raise Interdit(COMPTE_FERME)
