"""What may be read over HTTP."""

from typing import Any

from flask import Response, current_app, jsonify, request
from flask_smorest import Blueprint

from chassis.clock import paris_date
from chassis.files.blueprint import send_original, send_page
from chassis.http import current_actor, etag, personne
from dossier.application import lecture
from dossier.application.ports import Application
from dossier.application.vues import definitions
from dossier.entrypoints.http import schemas

MOTIF = "X-Motif-Consultation"


def motif_de_consultation() -> str:
    """Why somebody opens a file that is not hers; a code, « demande » when none is given."""
    motif = request.headers.get(MOTIF, "")
    return motif if motif in lecture.MOTIFS else lecture.MOTIF_PAR_DEFAUT


def maintenant() -> Any:
    return current_app.extensions["iprof-clock"].now()


def blueprint_des_definitions(application: Application) -> Blueprint:
    blueprint = Blueprint("definitions", __name__, description="Ce qui peut être signalé, et les motifs")

    @blueprint.route("/rubriques")
    @personne()
    @blueprint.response(200, schemas.Rubriques)
    def lire_rubriques() -> dict[str, Any]:
        """Les rubriques du dossier et ce qui peut y être signalé."""
        jour = paris_date(maintenant())
        return {
            "rubriques": definitions.rubriques(application.catalogue, jour),
            "delai_reponse_jours": application.catalogue.delai_reponse,
        }

    @blueprint.route("/motifs")
    @personne()
    @blueprint.response(200, schemas.Motifs)
    def lire_motifs() -> dict[str, Any]:
        """Les modèles de motif pour refuser ou demander un complément."""
        return {"motifs": definitions.motifs(application.catalogue)}

    return blueprint


def blueprint_des_dossiers(application: Application) -> Blueprint:
    blueprint = Blueprint("dossiers", __name__, description="Le dossier administratif d’un agent")

    @blueprint.route("/dossiers/<agent>")
    @personne()
    @blueprint.response(200, schemas.Dossier)
    def lire_dossier(agent: str) -> dict[str, Any]:
        """Le dossier entier."""
        return lecture.dossier(application, current_actor(), agent, motif_de_consultation(), maintenant())

    @blueprint.route("/dossiers/<agent>/rubriques/<code>")
    @personne()
    @blueprint.response(200)
    def lire_rubrique(agent: str, code: str) -> Response:
        """Une rubrique, avec son historique."""
        return jsonify(
            lecture.rubrique(application, current_actor(), agent, code, motif_de_consultation(), maintenant())
        )

    @blueprint.route("/dossiers/<agent>/consultations")
    @personne()
    @blueprint.response(200, schemas.Consultations)
    def lire_consultations(agent: str) -> dict[str, Any]:
        """Qui a ouvert ce dossier, quand et pourquoi."""
        return {"consultations": lecture.consultations(application, current_actor(), agent, maintenant())}

    return blueprint


def blueprint_des_demandes(application: Application) -> Blueprint:
    blueprint = Blueprint("demandes", __name__, description="Les changements signalés, en lecture")
    chemin = "/dossiers/<agent>/changements"

    @blueprint.route(chemin)
    @personne()
    @blueprint.response(200, schemas.Changements)
    def lire_changements(agent: str) -> dict[str, Any]:
        """Les demandes de cet agent, les plus récentes d’abord."""
        return {
            "changements": lecture.changements(
                application, current_actor(), agent, motif_de_consultation(), maintenant()
            )
        }

    @blueprint.route(f"{chemin}/<id>")
    @personne()
    @blueprint.response(200)
    def lire_changement(agent: str, id: str) -> Response:
        """Une demande, avec ce que vous pouvez en faire."""
        lu = lecture.changement(
            application, current_actor(), agent, id, motif_de_consultation(), maintenant()
        )
        return etag(jsonify(lu), lu["rev"])

    @blueprint.route(f"{chemin}/<id>/pieces/<int:n>")
    @personne()
    @blueprint.response(200)
    def telecharger_piece(agent: str, id: str, n: int) -> Response:
        """L’original d’une pièce, à enregistrer."""
        piece = lecture.piece(application, current_actor(), agent, id, n, maintenant())
        return send_original(application.pieces.open(piece.ref), piece.nom, piece.type, piece.taille)

    @blueprint.route(f"{chemin}/<id>/pieces/<int:n>/pages/<int:p>")
    @personne()
    @blueprint.response(200)
    def voir_page(agent: str, id: str, n: int, p: int) -> Response:
        """L’image d’une page d’une pièce."""
        piece = lecture.image(application, current_actor(), agent, id, n, maintenant())
        return send_page(application.pieces.page(piece.ref, p))

    return blueprint
