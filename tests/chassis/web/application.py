"""An app with one route of each kind, as a service would write it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import marshmallow as ma
from flask import Flask, Response, jsonify
from flask_smorest import Blueprint

from chassis.aggregates import Execution
from chassis.clock import Clock
from chassis.commands import CommandContext
from chassis.errors import Conflit, DonneesInvalides, ErreurDeChamp, EtatPerime, Introuvable, Transitoire
from chassis.http import (
    CommandAnswer,
    Schema,
    command_context,
    create_app,
    current_actor,
    etag,
    expected,
    personne,
    public,
    respond,
    service,
)
from chassis.rate_limits import LIMITER
from chassis.security.tokens import Verifier

AGENT = "0b0b6a2c-1111-4000-8000-000000000001"


class TropTard(Conflit):
    code = "trop-tard"


@dataclass
class Note:
    rev: int


@dataclass
class Carnet:
    id: str
    items: Mapping[str, Note] = field(default_factory=lambda: {"n1": Note(7)})


class Body(Schema):
    titre = ma.fields.String(required=True, validate=ma.validate.Length(1, 10))
    jour = ma.fields.Date()


REFUSALS = {
    "introuvable": Introuvable("Rien ici."),
    "conflit": TropTard("C’est trop tard."),
    "invalide": DonneesInvalides([ErreurDeChamp("titre", "Trop court.")]),
    "perime": EtatPerime("Quelqu’un a agi avant vous.", Carnet("c1"), "n1", 7),
    "transitoire": Transitoire(),
    "imprevu": KeyError("Dupont"),
}


def routes(seen: list[CommandContext]) -> Blueprint:
    blueprint = Blueprint("carnets", __name__)

    @blueprint.route("/carnets/<id>/notes", methods=["POST"])
    @personne("enseignant")
    @blueprint.arguments(Body)
    @blueprint.response(201, CommandAnswer)
    def noter(body: dict[str, Any], id: str) -> Response:
        seen.append(command_context())
        execution = Execution(Carnet(id), "n1", 7)
        return respond(execution, {"titre": body["titre"], "attendu": vars_of(expected("n1"))}, 201)

    @blueprint.route("/moi")
    @personne()
    def moi() -> Response:
        return etag(jsonify({"id": current_actor().id}), 3)

    @blueprint.route("/refus/<nom>")
    @public
    def refuser(nom: str) -> Response:
        raise REFUSALS[nom]

    @blueprint.route("/interne/noms")
    @service("gateway")
    def noms() -> dict[str, Any]:
        return {"appelant": current_actor().id}

    @blueprint.route("/rare")
    @LIMITER.limit("2 per minute")
    @personne()
    def rare() -> dict[str, Any]:
        return {}

    return blueprint


def vars_of(value: Any) -> Any:
    return None if value is None else vars(value)


def make_app(
    verifier: Verifier | None, seen: list[CommandContext] | None = None, clock: Clock | None = None
) -> Flask:
    return create_app(
        "essai",
        None,
        [routes([] if seen is None else seen)],
        verifier=verifier,
        ready={"tout": lambda: True},
        present_item=lambda carnet, item: {"carnet": carnet.id, "item": item},
        clock=clock,
    )
