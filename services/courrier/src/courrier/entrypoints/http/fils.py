"""Threads over HTTP: read, write, follow."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Response, current_app, jsonify
from flask_smorest import Blueprint

from chassis.aggregates import Execution
from chassis.files.blueprint import send_original, send_page
from chassis.http import CommandAnswer, command_context, current_actor, etag, expected, personne
from courrier.application import commandes, presentation, questions
from courrier.application.handlers import HANDLERS
from courrier.application.outils import Outils
from courrier.domain.echange import Auteur
from courrier.domain.fil import Fil
from courrier.domain.transitions import AGENT, GESTIONNAIRE
from courrier.entrypoints.http import schemas


def maintenant() -> datetime:
    instant: datetime = current_app.extensions["iprof-clock"].now()
    return instant


def presenter(fil: Fil, _: str = "") -> Mapping[str, Any]:
    """A thread as whoever calls may see it; the command has checked already that she may."""
    acteur = current_actor()
    qualite = AGENT if acteur.id == fil.agent else GESTIONNAIRE
    return presentation.fil_lu(fil, Auteur(acteur.id, qualite))


def blueprint_de_lecture(outils: Outils) -> Blueprint:
    blueprint = Blueprint("lecture", __name__, description="Les fils, en lecture")

    @blueprint.route("/fils")
    @personne()
    @blueprint.arguments(schemas.Recherche, location="query")
    @blueprint.response(200, schemas.Fils)
    def lister(recherche: dict[str, Any]) -> dict[str, Any]:
        """Vos fils, ou ceux de vos portefeuilles, les derniers d’abord."""
        liste = questions.lister(outils, current_actor(), maintenant(), **recherche)
        return presentation.liste_lue(liste)

    @blueprint.route("/fils/<id>")
    @personne()
    @blueprint.response(200, schemas.Fil)
    def lire_fil(id: str) -> Response:
        """Un fil entier, avec ce que vous pouvez en faire."""
        fil, auteur = questions.fil(outils, current_actor(), id, maintenant())
        return etag(jsonify(presentation.fil_lu(fil, auteur)), fil.rev)

    @blueprint.route("/fils/<id>/messages/<message>/pieces/<int:n>")
    @personne()
    @blueprint.response(200)
    def telecharger_piece(id: str, message: str, n: int) -> Response:
        """L’original d’un fichier, à enregistrer."""
        piece = questions.piece(outils, current_actor(), id, message, n, maintenant())
        return send_original(outils.pieces.open(piece.ref), piece.nom, piece.type, piece.taille)

    @blueprint.route("/fils/<id>/messages/<message>/pieces/<int:n>/pages/<int:p>")
    @personne()
    @blueprint.response(200)
    def voir_page(id: str, message: str, n: int, p: int) -> Response:
        """L’image d’une page d’un fichier."""
        piece = questions.piece(outils, current_actor(), id, message, n, maintenant())
        return send_page(outils.pieces.page(piece.ref, p))

    return blueprint


def blueprint_d_ecriture(outils: Outils) -> Blueprint:
    blueprint = Blueprint("ecriture", __name__, description="Écrire, répondre")

    @blueprint.route("/fils", methods=["POST"])
    @personne()
    @blueprint.arguments(schemas.NouveauFil)
    @blueprint.response(201, CommandAnswer)
    def ouvrir(corps: dict[str, Any]) -> Response:
        """Ouvre un fil : l’agent écrit à son service, le service à un agent."""
        agent = corps["agent"] or current_actor().id
        commande = commandes.OuvrirFil(agent, corps["sujet"], corps["texte"], _refs(corps))
        return _repondre(HANDLERS[type(commande)](outils, commande, command_context()), 201)

    @blueprint.route("/fils/<id>/messages", methods=["POST"])
    @personne()
    @blueprint.arguments(schemas.Reponse)
    @blueprint.response(201, CommandAnswer)
    def repondre(corps: dict[str, Any], id: str) -> Response:
        """Répond dans un fil ouvert."""
        commande = commandes.Repondre(id, corps["texte"], _refs(corps))
        return _repondre(HANDLERS[type(commande)](outils, commande, command_context()), 201)

    return blueprint


def blueprint_de_suivi(outils: Outils) -> Blueprint:
    blueprint = Blueprint("suivi", __name__, description="Lire, prendre, clore")

    @blueprint.route("/fils/<id>/lu", methods=["POST"])
    @personne()
    @blueprint.arguments(schemas.SansCorps)
    @blueprint.response(200, CommandAnswer)
    def lu(_: dict[str, Any], id: str) -> Response:
        """Note que ce côté a lu le fil."""
        return _agir(outils, commandes.LireFil(id))

    @blueprint.route("/fils/<id>/prendre-en-charge", methods=["POST"])
    @personne("gestionnaire")
    @blueprint.arguments(schemas.SansCorps)
    @blueprint.response(200, CommandAnswer)
    def prendre_en_charge(_: dict[str, Any], id: str) -> Response:
        """Prend le fil."""
        return _agir(outils, commandes.PrendreEnCharge(id))

    @blueprint.route("/fils/<id>/clore", methods=["POST"])
    @personne("gestionnaire")
    @blueprint.arguments(schemas.SansCorps)
    @blueprint.response(200, CommandAnswer)
    def clore(_: dict[str, Any], id: str) -> Response:
        """Clôt le fil."""
        return _agir(outils, commandes.CloreFil(id))

    @blueprint.route("/fils/<id>/rouvrir", methods=["POST"])
    @personne("gestionnaire")
    @blueprint.arguments(schemas.SansCorps)
    @blueprint.response(200, CommandAnswer)
    def rouvrir(_: dict[str, Any], id: str) -> Response:
        """Rouvre le fil."""
        return _agir(outils, commandes.RouvrirFil(id))

    return blueprint


def _agir(outils: Outils, commande: Any) -> Response:
    fait = HANDLERS[type(commande)](outils, commande, command_context(), expected(commande.fil))
    return _repondre(fait, 200)


def _repondre(fait: Execution[Fil], statut: int) -> Response:
    reponse = jsonify({"item": presenter(fait.aggregate), "seq": fait.seq})
    return etag(reponse, fait.aggregate.rev, statut)


def _refs(corps: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(piece["ref"] for piece in corps["pieces"])
