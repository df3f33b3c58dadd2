"""What may be read over HTTP."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from flask import Response, current_app, jsonify, request
from flask_smorest import Blueprint

from chassis.clock import paris_date
from chassis.files.blueprint import send_original, send_page
from chassis.http import current_actor, etag, personne, service
from cv.application import presentation, questions
from cv.application.outils import Outils
from cv.entrypoints.http import schemas

MOTIF = "X-Motif-Consultation"
ELEMENT = "/cvs/<agent>/elements/<id>"


def maintenant() -> datetime:
    instant: datetime = current_app.extensions["iprof-clock"].now()
    return instant


def motif_de_consultation() -> str:
    """Why somebody opens a CV that is not hers: a code, « demande » when none is given."""
    motif = request.headers.get(MOTIF, "")
    return motif if motif in questions.MOTIFS else questions.MOTIFS[0]


def blueprint_des_definitions(outils: Outils) -> Blueprint:
    blueprint = Blueprint("definitions", __name__, description="Ce dont un CV est fait")

    @blueprint.route("/rubriques")
    @personne()
    @blueprint.response(200, schemas.Rubriques)
    def lire_rubriques() -> dict[str, Any]:
        """Les rubriques du CV."""
        jour = paris_date(maintenant())
        rubriques = [r for r in outils.catalogue.rubriques if r.vaut_le(jour)]
        return {
            "rappel": outils.catalogue.rappel,
            "rubriques": [presentation.rubrique_lue(rubrique) for rubrique in rubriques],
        }

    @blueprint.route("/motifs")
    @personne()
    @blueprint.response(200, schemas.Motifs)
    def lire_motifs() -> dict[str, Any]:
        """Les modèles de motif pour renvoyer un élément."""
        return {"motifs": [presentation.motif_lu(motif) for motif in outils.catalogue.motifs]}

    return blueprint


def blueprint_des_cvs(outils: Outils) -> Blueprint:
    blueprint = Blueprint("cvs", __name__, description="Les CV, en lecture")

    @blueprint.route("/cvs/<agent>")
    @personne()
    @blueprint.response(200, schemas.CV)
    def lire_cv(agent: str) -> dict[str, Any]:
        """Le CV, tel que vous pouvez le voir."""
        le = maintenant()
        vue, auteur = questions.ouvrir(outils, current_actor(), agent, motif_de_consultation(), le)
        return presentation.cv_lu(vue, outils.catalogue, auteur, paris_date(le))

    @blueprint.route(ELEMENT)
    @personne()
    @blueprint.response(200, schemas.Element)
    def lire_element(agent: str, id: str) -> Response:
        """Un élément, avec ce que vous pouvez en faire."""
        vue, auteur = questions.ouvrir(outils, current_actor(), agent, motif_de_consultation(), maintenant())
        element = vue.element(id)
        rubrique = outils.catalogue.rubrique(element.rubrique, paris_date(element.etat_depuis))
        return etag(jsonify(presentation.element_lu(element, rubrique, auteur)), element.rev)

    @blueprint.route("/cvs/<agent>/consultations")
    @personne()
    @blueprint.response(200, schemas.Consultations)
    def lire_consultations(agent: str) -> dict[str, Any]:
        """Qui a ouvert ce CV, quand et pourquoi."""
        faites = questions.consultations(outils, current_actor(), agent, maintenant())
        return {"consultations": [{**asdict(une), "le": une.le.isoformat()} for une in faites]}

    @blueprint.route(f"{ELEMENT}/pieces/<int:n>")
    @personne()
    @blueprint.response(200)
    def telecharger_piece(agent: str, id: str, n: int) -> Response:
        """L’original d’une pièce, à enregistrer."""
        piece = questions.piece(outils, current_actor(), agent, id, n, maintenant())
        return send_original(outils.pieces.open(piece.ref), piece.nom, piece.type, piece.taille)

    @blueprint.route(f"{ELEMENT}/pieces/<int:n>/pages/<int:p>")
    @personne()
    @blueprint.response(200)
    def voir_page(agent: str, id: str, n: int, p: int) -> Response:
        """L’image d’une page d’une pièce."""
        piece = questions.piece(outils, current_actor(), agent, id, n, maintenant())
        return send_page(outils.pieces.page(piece.ref, p))

    return blueprint


def blueprint_interne(outils: Outils) -> Blueprint:
    blueprint = Blueprint("interne", __name__, description="Pour les autres services")

    @blueprint.route(f"/interne{ELEMENT}/versions/<int:n>")
    @service("dossier")
    @blueprint.response(200, schemas.VersionVerifiee)
    def lire_version(agent: str, id: str, n: int) -> dict[str, Any]:
        """Une version vérifiée, figée."""
        return presentation.version_lue(*questions.version_verifiee(outils, agent, id, n))

    return blueprint
