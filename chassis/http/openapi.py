"""The OpenAPI document of an app: flask-smorest's, plus what guards and commands ask of every caller."""

from collections.abc import Iterator
from typing import Any

import yaml
from flask import Flask
from flask_smorest import Api
from flask_smorest.spec.plugins import FlaskPlugin
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from chassis.http.errors import PROBLEM_JSON, http_problem
from chassis.http.guards import Anybody, guard_of
from chassis.http.schemas import Problem

CHANGES = ("post", "put", "delete")
BEARER = {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "description": "Clé de répétition, obligatoire pour une commande : la même clé donne la même réponse.",
    "schema": {"type": "string", "pattern": "^[A-Za-z0-9._:-]{8,128}$"},
}
REVISION = {
    "in": "header",
    "name": "If-Match",
    "description": "Révision que la personne avait sous les yeux ; 412 si elle a changé.",
    "schema": {"type": "string", "pattern": '^"[0-9]{1,18}"$'},
}


class ProblemApi(Api):  # type: ignore[misc]
    """flask-smorest, answering problem+json like everything else."""

    ERROR_SCHEMA = Problem

    def handle_http_exception(self, error: HTTPException) -> Response:
        return http_problem(error)

    def _register_responses(self) -> None:
        self.DEFAULT_RESPONSE_CONTENT_TYPE = PROBLEM_JSON
        super()._register_responses()
        del self.DEFAULT_RESPONSE_CONTENT_TYPE


def openapi_yaml(app: Flask) -> str:
    """The document as committed in `contracts/http/`: sorted, so that two versions compare."""
    document: dict[str, Any] = app.extensions["iprof-api"].spec.to_dict()
    document["components"].setdefault("securitySchemes", {})["bearerAuth"] = BEARER
    document["components"]["schemas"].pop("PaginationMetadata", None)
    for endpoint, method, operation in _operations(app, document):
        guard = guard_of(app, endpoint, method.upper())
        operation["security"] = [] if isinstance(guard, Anybody) else [{"bearerAuth": []}]
        if method in CHANGES:
            operation.setdefault("parameters", []).extend([KEY, REVISION])
    text: str = yaml.safe_dump(_plain(document), allow_unicode=True, sort_keys=True)
    return text


def _operations(app: Flask, document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for rule in app.url_map.iter_rules():
        path = FlaskPlugin.flaskpath2openapi(rule.rule)
        for method, operation in document["paths"].get(path, {}).items():
            if method.upper() in (rule.methods or ()):
                yield rule.endpoint, method, operation


def _plain(value: Any) -> Any:
    """A copy without shared parts, which YAML would write as anchors."""
    if isinstance(value, dict):
        return {str(name): _plain(part) for name, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, list | tuple) else value
