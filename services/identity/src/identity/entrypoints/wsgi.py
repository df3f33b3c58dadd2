"""The Flask app of identity, wired; and without anything behind it, for its OpenAPI document."""

from typing import Any, cast

from flask import Flask

from chassis.clock import SystemClock
from identity.bootstrap import Identity
from identity.entrypoints.http.application import creer


def web(identity: Identity, **options: Any) -> Flask:
    return creer(
        identity.sources,
        identity.depots,
        identity.configuration.base,
        journal=identity.journal.events_since,
        ready=identity.checks(),
        clock=identity.clock,
        **options,
    )


def documentation() -> Flask:
    rien = cast(Any, None)
    return creer(rien, rien, None, journal=lambda *_: [], ready={}, clock=SystemClock())
