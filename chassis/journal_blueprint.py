"""The journal API: what a consumer that missed something asks the owner for."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import marshmallow as ma
from flask_smorest import Blueprint

from chassis.http.guards import service
from chassis.http.schemas import Schema

EventsSince = Callable[[str, str, int], Sequence[Mapping[str, Any]]]


class JournalQuery(Schema):
    depuis = ma.fields.Integer(load_default=0, validate=ma.validate.Range(0))


class JournalAnswer(Schema):
    evenements = ma.fields.List(ma.fields.Dict())


def journal_blueprint(events_since: EventsSince) -> Blueprint:
    """`GET /interne/journal/<agregat>/<id>?depuis=<seq>` → the public events after that seq, in order.

    `events_since(kind, id, seq)` merges the journal and what the relay has not sent yet.
    """
    blueprint = Blueprint("journal", __name__, description="Événements publics d’un agrégat")

    @blueprint.route("/interne/journal/<agregat>/<id>")  # type: ignore[untyped-decorator]
    @service()
    @blueprint.arguments(JournalQuery, location="query")  # type: ignore[untyped-decorator]
    @blueprint.response(200, JournalAnswer)  # type: ignore[untyped-decorator]
    def lire_journal(query: dict[str, int], agregat: str, id: str) -> dict[str, Any]:
        """Les événements de cet agrégat après ce numéro."""
        return {"evenements": list(events_since(agregat, id, query["depuis"]))}

    return blueprint
