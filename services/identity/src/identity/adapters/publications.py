"""What each domain event says on the wire: always the whole public state, with its motive."""

from collections.abc import Mapping
from typing import Any

from chassis.aggregates import Publication
from identity.application import etat_public
from identity.domain import evenements
from identity.domain.personne import Personne
from identity.domain.portefeuille import Portefeuille

AGENT = "identity.agent.situation.v1"
PORTEFEUILLE = "identity.portefeuille.situation.v1"


def _personne(personne: Personne, event: Any) -> Mapping[str, Any]:
    return {**etat_public.de_la_personne(personne), "motif": event.motif}


def _portefeuille(portefeuille: Portefeuille, event: Any) -> Mapping[str, Any]:
    return etat_public.du_portefeuille(portefeuille)


PUBLICATIONS_PERSONNE: dict[type, Publication[Personne]] = {
    evenements.PersonneEnregistree: Publication(AGENT, _personne),
    evenements.AgentTransfere: Publication(AGENT, _personne),
    evenements.CompteOuvert: Publication(AGENT, _personne),
    evenements.CompteSignale: Publication(AGENT, _personne),
    evenements.CompteDesactive: Publication(AGENT, _personne),
    evenements.CompteFerme: Publication(AGENT, _personne),
}
PUBLICATIONS_PORTEFEUILLE: dict[type, Publication[Portefeuille]] = {
    evenements.PortefeuilleEnregistre: Publication(PORTEFEUILLE, _portefeuille),
    evenements.SuppleantNomme: Publication(PORTEFEUILLE, _portefeuille),
}
PUBLICATIONS: dict[type, Publication[Any]] = {**PUBLICATIONS_PERSONNE, **PUBLICATIONS_PORTEFEUILLE}
