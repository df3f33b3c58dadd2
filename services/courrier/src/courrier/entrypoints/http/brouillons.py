"""Drafts over HTTP: kept while one writes, without a check."""

from typing import Any

from flask import Response
from flask_smorest import Blueprint

from chassis.http import command_context, current_actor, personne
from courrier.application import commandes, ecriture, presentation, questions
from courrier.application.handlers import HANDLERS
from courrier.application.outils import Outils
from courrier.entrypoints.http import schemas

CHEMIN = "/brouillons/<cle>"


def blueprint_des_brouillons(outils: Outils) -> Blueprint:
    """`cle` is a thread, or `nouveau`."""
    blueprint = Blueprint("brouillons", __name__, description="Ce que vous étiez en train d’écrire")

    @blueprint.route(CHEMIN)
    @personne()
    @blueprint.response(200, schemas.BrouillonGarde)
    def lire_brouillon(cle: str) -> dict[str, Any]:
        """Ce qui a été gardé ici."""
        return presentation.brouillon_lu(questions.brouillon(outils, current_actor(), cle))

    @blueprint.route(CHEMIN, methods=["PUT"])
    @personne()
    @blueprint.arguments(schemas.Brouillon)
    @blueprint.response(200, schemas.BrouillonGarde)
    def garder(corps: dict[str, Any], cle: str) -> dict[str, Any]:
        """Garde ce qui est écrit ; la dernière écriture l’emporte."""
        refs = tuple(piece["ref"] for piece in corps["pieces"])
        commande = commandes.GarderBrouillon(cle, corps["sujet"], corps["texte"], corps["agent"], refs)
        return presentation.brouillon_lu(HANDLERS[type(commande)](outils, commande, command_context()))

    @blueprint.route(CHEMIN, methods=["DELETE"])
    @personne()
    @blueprint.response(204)
    def effacer(cle: str) -> Response:
        """Efface le brouillon."""
        command_context()
        ecriture.effacer_brouillon(outils, current_actor().id, cle)
        return Response(status=204)

    return blueprint
