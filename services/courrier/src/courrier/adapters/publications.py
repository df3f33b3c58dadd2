"""Domain event → what goes on the wire. Every event carries the whole public state of its thread."""

from datetime import datetime
from typing import Any

from chassis.aggregates import AggregateKind, Publication
from chassis.codec import DataclassCodec
from courrier.domain import evenements
from courrier.domain.evenements import EvenementDeFil
from courrier.domain.fil import Fil


def fil_public(fil: Fil, evenement: EvenementDeFil) -> dict[str, Any]:
    """Ids, codes, counts and dates of the thread after the event; never what was written."""
    message = fil.messages.get(evenement.item) or fil.messages[fil.resume.dernier_message_id]
    resume, avis = fil.resume, message.avis
    return {
        "fil_id": fil.id,
        "agent_id": fil.agent,
        "portefeuille_id": fil.portefeuille_id,
        "nature": fil.nature,
        "etat": fil.etat,
        "dernier_message_le": _instant(resume.dernier_message_le or fil.ouvert_le),
        "dernier_auteur": resume.dernier_auteur,
        "attend": fil.attend,
        "non_lus_agent": resume.non_lus_agent,
        "non_lus_gestionnaire": resume.non_lus_gestionnaire,
        "affecte_a": fil.affecte_a,
        "message_id": message.id,
        "avis": {"source": avis.source, "type": avis.type, "objet_id": avis.objet_id} if avis else None,
    }


def _instant(instant: datetime) -> str:
    return instant.isoformat(timespec="milliseconds").replace("+00:00", "Z")


PUBLICATIONS: dict[type, Publication[Fil]] = {
    evenements.MessageEnvoye: Publication("courrier.message.envoye.v1", fil_public),
    evenements.MessageLu: Publication("courrier.message.lu.v1", fil_public),
    evenements.FilAffecte: Publication("courrier.fil.affecte.v1", fil_public),
    evenements.FilClos: Publication("courrier.fil.clos.v1", fil_public),
    evenements.FilRouvert: Publication("courrier.fil.rouvert.v1", fil_public),
    evenements.AvisEnvoye: Publication("courrier.avis.envoye.v1", fil_public),
}

FIL_KIND = AggregateKind("courrier", "fil", DataclassCodec(Fil), PUBLICATIONS)
