"""The Flask app of identity, over whatever it is given."""

from collections.abc import Mapping
from typing import Any

from flask import Flask

from chassis.clock import Clock
from chassis.config import Settings
from chassis.http.app import create_app
from chassis.http.health import Check
from chassis.journal_blueprint import EventsSince, journal_blueprint
from identity.application import etat_public
from identity.application.habilitations import Depots
from identity.application.lectures import Sources
from identity.domain.personne import Personne
from identity.entrypoints.http.erreurs import ERREURS
from identity.entrypoints.http.habilitations import habilitations_blueprint
from identity.entrypoints.http.lectures import lectures_blueprint


def creer(
    sources: Sources,
    depots: Depots,
    settings: Settings | None,
    *,
    journal: EventsSince,
    ready: Mapping[str, Check],
    clock: Clock,
    **options: Any,
) -> Flask:
    """`options` go to `chassis.http.app.create_app`."""
    return create_app(
        "identity",
        settings,
        [
            lectures_blueprint(sources, clock),
            habilitations_blueprint(depots),
            journal_blueprint(journal),
        ],
        ready=ready,
        erreurs=ERREURS,
        present_item=_etat,
        clock=clock,
        **options,
    )


def _etat(agregat: Any, _: str) -> dict[str, Any]:
    if isinstance(agregat, Personne):
        return {**etat_public.de_la_personne(agregat), "rev": agregat.rev}
    return {**etat_public.du_portefeuille(agregat), "rev": agregat.rev}
