"""What a command needs from HTTP, and what it gives back."""

import re
from collections.abc import Mapping
from typing import Any

from flask import Response, current_app, g, jsonify, request

from chassis.aggregates import Execution
from chassis.clock import Clock
from chassis.commands import CommandContext, Expected, body_digest
from chassis.http.guards import current_actor
from chassis.security.errors import RequeteMalFormee
from chassis.tracing import current_traceparent

_KEY = re.compile(r"^[A-Za-z0-9._:-]{8,128}$")
_REVISION = re.compile(r'^"(\d{1,18})"$')


def command_context() -> CommandContext:
    """Who acts, when and under which key, drawn once for this request.

    Raises RequeteMalFormee without a well-formed `Idempotency-Key`.
    """
    clock: Clock = current_app.extensions["iprof-clock"]
    return CommandContext(
        acteur=current_actor(),
        now=clock.now(),
        correlation=g.correlation,
        key=_idempotency_key(),
        body_digest=body_digest({"chemin": request.path, "corps": _body()}),
        traceparent=current_traceparent(),
    )


def expected(item: str) -> Expected | None:
    """The revision in `If-Match`, for this item; None without the header. Raises RequeteMalFormee."""
    header = request.headers.get("If-Match")
    if header is None or header == "*":
        return None
    match = _REVISION.match(header.strip())
    if match is None:
        raise RequeteMalFormee("L’en-tête If-Match doit porter la révision entre guillemets.")
    return Expected(item, int(match[1]))


def respond(execution: Execution[Any], item: Mapping[str, Any], status: int = 200) -> Response:
    """`{"item", "seq"}` with the item's revision as ETag."""
    touched = execution.aggregate.items.get(execution.item)
    rev = touched.rev if touched is not None else item.get("rev", execution.seq)
    return etag(jsonify({"item": item, "seq": execution.seq}), rev, status)


def etag(response: Response, rev: int, status: int = 200) -> Response:
    """The same response, carrying the item's revision."""
    response.status_code = status
    response.set_etag(str(rev))
    return response


def _idempotency_key() -> str:
    key = request.headers.get("Idempotency-Key", "")
    if not _KEY.match(key):
        raise RequeteMalFormee("Cet envoi n’a pas de clé de répétition : rouvrez la page et recommencez.")
    return key


def _body() -> Any:
    return request.get_json(silent=True) if request.is_json else dict(request.form)
