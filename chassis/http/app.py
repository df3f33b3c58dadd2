"""The application factory of every service."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flask import Blueprint, Flask

from chassis.clock import Clock, SystemClock
from chassis.config import Settings
from chassis.http.errors import PresentItem, register_errors
from chassis.http.guards import check_every_route_has_a_guard, register_guards
from chassis.http.health import Check, health_blueprint
from chassis.http.openapi import ProblemApi
from chassis.http.requests import register_request_hooks
from chassis.rate_limits import LIMITER
from chassis.security.tokens import Verifier, verifier_for

API_HEADERS: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def create_app(
    name: str,
    settings: Settings | None,
    blueprints: Iterable[Blueprint],
    *,
    ready: Mapping[str, Check],
    verifier: Verifier | None = None,
    erreurs: Mapping[type[Exception], int] | None = None,
    present_item: PresentItem | None = None,
    clock: Clock | None = None,
    headers: Mapping[str, str] = API_HEADERS,
    configure: Callable[[Flask], None] | None = None,
    **flask_options: Any,
) -> Flask:
    """A service's Flask app: guards, problem+json in French, health, correlation, limits, OpenAPI.

    `verifier` defaults to Keycloak's keys as `settings` name them; without either nobody is let in.
    `erreurs` is the service's own table (error class → status), on top of the chassis'. `present_item`
    gives the JSON of an item for a 412. `ready` names what must answer before the service takes
    traffic. `configure` is called before the blueprints are registered.
    Raises RouteSansGarde when a route does not say who may call it.
    """
    app = Flask(name, **{"static_folder": None, **flask_options})
    app.config.update(
        API_TITLE=name, API_VERSION="v1", OPENAPI_VERSION="3.1.0", RATELIMIT_HEADERS_ENABLED=False
    )
    app.extensions["iprof-clock"] = clock or SystemClock()
    register_request_hooks(app, headers)
    register_guards(app, verifier or (verifier_for(settings) if settings else None))
    register_errors(app, erreurs or {}, present_item)
    LIMITER.init_app(app)
    if configure is not None:
        configure(app)
    _register_blueprints(app, [health_blueprint(ready), *blueprints])
    check_every_route_has_a_guard(app)
    return app


def _register_blueprints(app: Flask, blueprints: Iterable[Blueprint]) -> None:
    """flask-smorest's own are documented; plain Flask ones (pages) are only served."""
    api = ProblemApi(app)
    for blueprint in blueprints:
        register = api.register_blueprint if hasattr(blueprint, "arguments") else app.register_blueprint
        register(blueprint)
    app.extensions["iprof-api"] = api
