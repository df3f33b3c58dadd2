"""The teacher's own file: all rubriques, one rubrique, who consulted it."""

from flask import Blueprint

from gateway.application.vues import dossier as vues
from gateway.application.vues.personnes import ROLES, ids_in
from gateway.entrypoints.http.application import application, service
from gateway.entrypoints.http.bureau import consultations as consultations_de
from gateway.entrypoints.http.bureau import mots
from gateway.entrypoints.http.gardes import ENSEIGNANT, connecte
from gateway.entrypoints.http.moi import personne_id
from gateway.entrypoints.http.pages import rendre
from gateway.entrypoints.http.pieces import safe

blueprint = Blueprint("dossier", __name__)
WHO_CONSULTED = frozenset({"acteur"})


@blueprint.get("/dossier")
@connecte(ENSEIGNANT)
def dossier() -> tuple[str, int]:
    data = service("dossier").get(f"/dossiers/{personne_id()}").json()
    return rendre("dossier.html", dossier=vues.dossier(data, mots()))


@blueprint.get("/dossier/<rubrique>")
@connecte(ENSEIGNANT)
def rubrique(rubrique: str) -> tuple[str, int]:
    data = service("dossier").get(f"/dossiers/{personne_id()}/rubriques/{safe(rubrique)}").json()
    noms = application().annuaire.noms(ids_in(data))
    definition = mots().dossier.get(rubrique, {})
    return rendre("rubrique.html", rubrique=vues.rubrique(data, definition, noms))


@blueprint.get("/dossier/consultations")
@connecte(ENSEIGNANT)
def consultations() -> tuple[str, int]:
    found = consultations_de(personne_id())
    noms = application().annuaire.noms(ids_in(found, WHO_CONSULTED))
    shown = [
        {
            "le": seen["le"],
            "acteur": noms.personne(seen["acteur"]),
            "role_libelle": ROLES.get(seen.get("role") or "", ""),
            "motif": seen.get("motif_libelle") or "",
        }
        for seen in found
    ]
    return rendre("consultations.html", consultations=shown)
