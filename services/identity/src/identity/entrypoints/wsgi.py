"""The Flask app of identity."""

from flask import Flask

from chassis.http.app import create_app
from chassis.journal_blueprint import journal_blueprint
from chassis.security.tokens import Verifier
from identity.bootstrap import Identity
from identity.entrypoints.http.erreurs import ERREURS
from identity.entrypoints.http.habilitations import habilitations_blueprint
from identity.entrypoints.http.lectures import lectures_blueprint


def application(identity: Identity, verifier: Verifier | None = None) -> Flask:
    """`verifier` defaults to Keycloak's keys."""
    return create_app(
        "identity",
        identity.configuration.base,
        [
            lectures_blueprint(identity),
            habilitations_blueprint(identity),
            journal_blueprint(identity.journal.events_since),
        ],
        ready=identity.checks(),
        verifier=verifier,
        erreurs=ERREURS,
        present_item=lambda agregat, _: {"id": agregat.id, "rev": agregat.rev},
        clock=identity.clock,
    )
