"""What the responsable and the administrateur change."""

from typing import Any

from flask import Response
from flask_smorest import Blueprint

from chassis.http.commands import command_context, expected, respond
from chassis.http.guards import personne
from chassis.http.schemas import CommandAnswer
from identity.application import etat_public
from identity.application.habilitations import (
    Depots,
    DesactiverCompte,
    NommerSuppleant,
    TransfererAgent,
    desactiver_compte,
    nommer_suppleant,
    transferer_agent,
)
from identity.entrypoints.http import schemas


def habilitations_blueprint(depots: Depots) -> Blueprint:
    blueprint = Blueprint("habilitations", __name__, description="Rattachements, suppléances, comptes")

    @blueprint.route("/agents/<id>/rattachement", methods=["POST"])  # type: ignore[untyped-decorator]
    @personne("responsable")
    @blueprint.arguments(schemas.Rattachement)  # type: ignore[untyped-decorator]
    @blueprint.alt_response(200, schema=CommandAnswer)  # type: ignore[untyped-decorator]
    def rattacher(body: dict[str, Any], id: str) -> Response:
        """Confie un agent à un autre portefeuille de l’académie."""
        commande = TransfererAgent(id, body["portefeuille_id"], expected(id))
        execution = transferer_agent(commande, command_context(), depots)
        return respond(execution, etat_public.de_la_personne(execution.aggregate))

    @blueprint.route("/portefeuilles/<id>/suppleances", methods=["POST"])  # type: ignore[untyped-decorator]
    @personne("responsable")
    @blueprint.arguments(schemas.DemandeSuppleance)  # type: ignore[untyped-decorator]
    @blueprint.alt_response(200, schema=CommandAnswer)  # type: ignore[untyped-decorator]
    def suppleer(body: dict[str, Any], id: str) -> Response:
        """Nomme qui tient ce portefeuille pendant une absence."""
        commande = NommerSuppleant(id, **body, attendu=expected(id))
        execution = nommer_suppleant(commande, command_context(), depots)
        return respond(execution, etat_public.du_portefeuille(execution.aggregate))

    @blueprint.route("/personnes/<id>/desactivation", methods=["POST"])  # type: ignore[untyped-decorator]
    @personne("administrateur")
    @blueprint.alt_response(200, schema=CommandAnswer)  # type: ignore[untyped-decorator]
    def desactiver(id: str) -> Response:
        """Ferme un compte : la personne ne peut plus rien faire dès que les services le savent."""
        commande = DesactiverCompte(id, expected(id))
        execution = desactiver_compte(commande, command_context(), depots)
        return respond(execution, etat_public.de_la_personne(execution.aggregate))

    return blueprint
