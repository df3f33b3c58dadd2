"""Who am I, whom do I look after, what are these people called."""

from typing import Any

from flask import Response, jsonify
from flask_smorest import Blueprint

from chassis.clock import Clock, paris_date
from chassis.http.commands import etag
from chassis.http.guards import current_actor, personne, service
from chassis.rate_limits import LIMITER, SEARCHES
from identity.application import lectures
from identity.entrypoints.http import schemas


def lectures_blueprint(sources: lectures.Sources, clock: Clock) -> Blueprint:
    blueprint = Blueprint("personnes", __name__, description="Les personnes et leur rattachement")

    @blueprint.route("/moi")  # type: ignore[untyped-decorator]
    @personne()
    @blueprint.response(200, schemas.Moi)  # type: ignore[untyped-decorator]
    def lire_moi() -> dict[str, Any]:
        """La personne connectée."""
        return lectures.moi(current_actor(), sources, paris_date(clock.now()))

    @blueprint.route("/agents")  # type: ignore[untyped-decorator]
    @personne("gestionnaire")
    @LIMITER.limit(SEARCHES)
    @blueprint.arguments(schemas.RechercheAgents, location="query")  # type: ignore[untyped-decorator]
    @blueprint.response(200, schemas.PageAgents)  # type: ignore[untyped-decorator]
    def chercher_agents(query: dict[str, Any]) -> dict[str, Any]:
        """Les agents des portefeuilles de la personne connectée."""
        recherche = lectures.Recherche(
            query["q"], query["portefeuille"] or None, query["page"], query["par_page"]
        )
        jour = paris_date(clock.now())
        return lectures.agents(current_actor(), recherche, sources, jour)

    @blueprint.route("/agents/<id>")  # type: ignore[untyped-decorator]
    @personne()
    @blueprint.alt_response(200, schema=schemas.Fiche)  # type: ignore[untyped-decorator]
    def lire_agent(id: str) -> Response:
        """La fiche d’un agent : la sienne, ou celle d’un agent de son périmètre."""
        fiche, rev = lectures.agent(current_actor(), id, sources, clock.now())
        return etag(jsonify(fiche), rev)

    @blueprint.route("/interne/noms", methods=["POST"])  # type: ignore[untyped-decorator]
    @service("gateway", "courrier")
    @blueprint.arguments(schemas.DemandeNoms)  # type: ignore[untyped-decorator]
    @blueprint.response(200, schemas.Noms)  # type: ignore[untyped-decorator]
    def lire_noms(body: dict[str, Any]) -> dict[str, Any]:
        """Les noms des personnes qu’un service affiche ; un identifiant inconnu est laissé de côté."""
        jour = paris_date(clock.now())
        return {"noms": lectures.noms(body["ids"], sources, jour)}

    return blueprint
