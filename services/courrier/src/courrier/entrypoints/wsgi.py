"""The Flask app over the wired service."""

from flask import Flask

from chassis.security.tokens import Verifier
from courrier.bootstrap import Application, preparer_les_index
from courrier.entrypoints.http.application import creer


def application_web(application: Application, verifier: Verifier | None = None) -> Flask:
    """`verifier` defaults to Keycloak's keys. Raises Indisponible when Mongo does not answer."""
    preparer_les_index(application.base)
    return creer(
        application.outils,
        application.settings,
        journal=application.journal.events_since,
        ready=application.checks(),
        verifier=verifier,
        clock=application.clock,
    )
