"""The Flask app of dossier, wired; and without anything behind it, for its OpenAPI document."""

from typing import Any, cast

from flask import Flask

from dossier.application.ports import Application
from dossier.bootstrap import Service, preparer
from dossier.entrypoints.http.application import creer


def web(service: Service, **options: Any) -> Flask:
    preparer(service)
    return creer(
        service.application,
        service.configuration.base,
        journal=service.journal.events_since,
        ready=service.checks(),
        clock=service.clock,
        **options,
    )


def documentation() -> Flask:
    rien = cast(Any, None)
    vide = Application(rien, rien, rien, rien, rien, rien, rien, rien)
    return creer(vide, None, journal=lambda *_: [], ready={})
