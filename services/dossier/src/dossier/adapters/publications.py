"""Domain event → what goes on the wire. Every event carries the whole public state of its request."""

from datetime import date, datetime
from typing import Any

from chassis.aggregates import AggregateKind, Publication
from dossier.adapters.codec import DossierCodec
from dossier.domain import evenements
from dossier.domain.dossier import Dossier
from dossier.domain.evenements import DossierMisAJour, EvenementDeChangement


def changement_public(dossier: Dossier, evenement: EvenementDeChangement) -> dict[str, Any]:
    """Ids, codes and dates of the request after the event; never what it says."""
    changement = dossier.changements[evenement.item]
    return {
        "agent_id": dossier.id,
        "changement_id": changement.id,
        "reference": changement.reference,
        "rubrique": changement.rubrique,
        "cas": changement.cas,
        "etat": changement.etat,
        "signale_le": _instant(changement.signale_le),
        "etat_depuis": _instant(changement.etat_depuis),
        "date_effet": changement.date_effet.isoformat(),
        "echeance": _jour(changement.echeance),
        "pris_par": changement.pris_par,
        "nb_pieces": len(changement.pieces),
        "motif_code": evenement.motif,
        "demande_citee": changement.demande_citee,
    }


def mise_a_jour_publique(dossier: Dossier, evenement: DossierMisAJour) -> dict[str, Any]:
    return {
        "agent_id": dossier.id,
        "rubriques": list(evenement.rubriques),
        "cause": evenement.cause,
        "arrete_au": _jour(dossier.arrete_au) if evenement.cause == "extrait" else None,
        "cause_id": evenement.cause_id,
    }


def _instant(instant: datetime) -> str:
    return instant.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _jour(jour: date | None) -> str | None:
    return None if jour is None else jour.isoformat()


PUBLICATIONS: dict[type, Publication[Dossier]] = {
    evenements.ChangementSignale: Publication("dossier.changement.signale.v1", changement_public),
    evenements.ChangementComplete: Publication("dossier.changement.complete.v1", changement_public),
    evenements.ChangementPrisEnCharge: Publication("dossier.changement.pris_en_charge.v1", changement_public),
    evenements.ChangementLibere: Publication("dossier.changement.libere.v1", changement_public),
    evenements.ChangementComplementDemande: Publication(
        "dossier.changement.complement_demande.v1", changement_public
    ),
    evenements.ChangementAccepte: Publication("dossier.changement.accepte.v1", changement_public),
    evenements.ChangementRefuse: Publication("dossier.changement.refuse.v1", changement_public),
    evenements.ChangementAnnule: Publication("dossier.changement.annule.v1", changement_public),
    evenements.ChangementRepris: Publication("dossier.changement.repris.v1", changement_public),
    DossierMisAJour: Publication("dossier.mis_a_jour.v1", mise_a_jour_publique),
}

DOSSIER = AggregateKind("dossier", "dossier", DossierCodec(), PUBLICATIONS)
