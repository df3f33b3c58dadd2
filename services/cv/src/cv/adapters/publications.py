"""Domain event → what goes on the wire. Every event carries the whole public state of its element."""

from datetime import date, datetime
from typing import Any

from chassis.aggregates import AggregateKind, Publication
from chassis.codec import DataclassCodec
from cv.domain import evenements
from cv.domain.element import CV
from cv.domain.evenements import EvenementDElement


def element_public(cv: CV, evenement: EvenementDElement) -> dict[str, Any]:
    """Ids, codes and dates of the element after the event; never what it says."""
    element = cv.elements[evenement.item]
    version, verification = element.derniere, element.derniere.verification
    return {
        "agent_id": cv.id,
        "element_id": element.id,
        "version": version.n,
        "rubrique": element.rubrique,
        "etat": element.etat,
        "soumis_le": _instant(version.soumise_le),
        "etat_depuis": _instant(element.etat_depuis),
        "echeance": _jour(element.echeance),
        "pris_par": element.pris_par,
        "nb_pieces": len(version.pieces),
        "nature": element.correction.nature if element.correction else None,
        "motif_code": evenement.motif,
        "verifie_le": _instant(verification.le) if verification else None,
    }


def _instant(instant: datetime) -> str:
    return instant.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _jour(jour: date | None) -> str | None:
    return None if jour is None else jour.isoformat()


PUBLICATIONS: dict[type, Publication[CV]] = {
    evenements.ElementSoumis: Publication("cv.element.soumis.v1", element_public),
    evenements.ElementPrisEnCharge: Publication("cv.element.pris_en_charge.v1", element_public),
    evenements.ElementLibere: Publication("cv.element.libere.v1", element_public),
    evenements.ElementVerifie: Publication("cv.element.verifie.v1", element_public),
    evenements.ElementACorriger: Publication("cv.element.a_corriger.v1", element_public),
    evenements.ElementRetire: Publication("cv.element.retire.v1", element_public),
}

CV_KIND = AggregateKind("cv", "cv", DataclassCodec(CV), PUBLICATIONS)
