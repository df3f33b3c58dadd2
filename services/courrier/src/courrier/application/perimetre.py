"""Who may read and write in whose threads, from the local copies of identity's topics."""

from dataclasses import dataclass
from datetime import date

from chassis.commands import Acteur
from chassis.errors import Interdit, Introuvable
from contracts import perimetre as regles
from courrier.application.ports import Copie, JournalDesRefus
from courrier.domain.echange import Auteur
from courrier.domain.transitions import AGENT, GESTIONNAIRE

INCONNU = "Cette page n’existe pas ou ne vous est pas ouverte."
COMPTE_FERME = "Votre compte est fermé. Adressez-vous à votre service de gestion."
ROLE_GESTIONNAIRE = "gestionnaire"


@dataclass(frozen=True)
class Perimetre:
    """The rules of `contracts.perimetre` applied to this service's copies."""

    agents: Copie
    portefeuilles: Copie
    refus: JournalDesRefus

    def auteur(self, acteur: Acteur, agent_id: str, jour: date) -> Auteur:
        """As whom this person acts in this agent's threads.

        Raises Introuvable (noted) for somebody else's agent, Interdit when the account is closed.
        """
        self.refuser_compte_ferme(acteur)
        portefeuille_id = self.portefeuille_de(agent_id)
        if acteur.id == agent_id:
            return Auteur(acteur.id, AGENT, portefeuille_id)
        if acteur.a_le_role(ROLE_GESTIONNAIRE) and self._gere(acteur.id, agent_id, jour):
            return Auteur(acteur.id, GESTIONNAIRE, portefeuille_id)
        self.refus.noter(acteur.id, agent_id)
        raise Introuvable(INCONNU)

    def portefeuille_de(self, agent_id: str) -> str | None:
        agent = self.agents.get(agent_id)
        return agent.get("portefeuille_id") if agent else None

    def portefeuilles_de(self, acteur: Acteur, jour: date) -> frozenset[str]:
        """Those this gestionnaire works on, on this day. An unknown account has none."""
        personne = self.agents.get(acteur.id)
        if personne is None or not regles.compte_actif(personne):
            return frozenset()
        de_l_academie = self.portefeuilles.find(academie=personne["academie"])
        return regles.portefeuilles_de(acteur.id, de_l_academie, jour)

    def refuser_compte_ferme(self, acteur: Acteur) -> None:
        """An unknown copy does not close one's own door: only a closed account does."""
        personne = self.agents.get(acteur.id)
        if personne is not None and not regles.compte_actif(personne):
            raise Interdit(COMPTE_FERME)

    def _gere(self, personne_id: str, agent_id: str, jour: date) -> bool:
        if not regles.compte_actif(self.agents.get(personne_id)):
            return False
        agent = self.agents.get(agent_id)
        portefeuille = self.portefeuilles.get(agent["portefeuille_id"] or "") if agent else None
        return regles.gere(personne_id, agent, portefeuille, jour)
