"""The service's Flask app."""

from collections.abc import Mapping
from typing import Any

from flask import Flask

from chassis.commands import Acteur
from chassis.config import Settings
from chassis.files.blueprint import pieces_blueprint
from chassis.http import create_app
from chassis.http.health import Check
from chassis.journal_blueprint import EventsSince, journal_blueprint
from dossier.application import habilitation
from dossier.application.ports import Application
from dossier.entrypoints.http import commandes, lectures
from dossier.entrypoints.http.erreurs import ERREURS


def creer(
    application: Application,
    settings: Settings | None,
    *,
    journal: EventsSince,
    ready: Mapping[str, Check],
    **options: Any,
) -> Flask:
    """`options` go to `chassis.http.create_app` (a verifier, a clock)."""

    def peut_deposer(acteur: Acteur, agent: str) -> None:
        habilitation.agent_seul(application, acteur, agent, lectures.maintenant())

    return create_app(
        "dossier",
        settings,
        [
            lectures.blueprint_des_definitions(application),
            lectures.blueprint_des_dossiers(application),
            lectures.blueprint_des_demandes(application),
            commandes.blueprint_de_l_agent(application),
            commandes.blueprint_du_gestionnaire(application),
            pieces_blueprint(application.pieces, peut_deposer),
            journal_blueprint(journal),
        ],
        ready=ready,
        erreurs=ERREURS,
        present_item=lambda dossier, id: commandes.presenter(application, dossier, id),
        **options,
    )
