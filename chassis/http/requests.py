"""Around each request: correlation, trace, access log, metrics, security headers."""

import re
import time
from collections.abc import Mapping

import structlog
from flask import Flask, Response, g, request

from chassis import metrics
from chassis.ids import RandomIds
from chassis.tracing import HEADER, follow

log = structlog.get_logger()

CORRELATION = "X-Correlation-Id"
_CORRELATION_FORM = re.compile(r"^[A-Za-z0-9-]{8,64}$")
_QUIET = {"sante.live", "sante.ready"}
_METHODS = {"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"}


def register_request_hooks(app: Flask, headers: Mapping[str, str]) -> None:
    def finish(response: Response) -> Response:
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        response.headers[CORRELATION] = g.correlation
        _observe(response)
        return response

    app.before_request(_begin)
    app.after_request(finish)


def _begin() -> None:
    given = request.headers.get(CORRELATION, "")
    g.correlation = given if _CORRELATION_FORM.match(given) else RandomIds().new()
    g.began = time.perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(correlation=g.correlation)
    follow(request.headers.get(HEADER))


def _observe(response: Response) -> None:
    route = request.url_rule.rule if request.url_rule else "inconnue"
    duration = time.perf_counter() - g.began
    # A label may only take known values: a caller must not make the numbers grow without end.
    method = request.method if request.method in _METHODS else "autre"
    metrics.HTTP_REQUESTS.labels(method, route, response.status_code).inc()
    metrics.HTTP_DURATION.labels(method, route).observe(duration)
    if request.endpoint not in _QUIET:
        log.info(
            "requete.servie",
            methode=method,
            route=route,
            statut=response.status_code,
            duree_ms=round(duration * 1000, 1),
            acteur=getattr(g.get("acteur"), "id", None),
        )
