"""The service's Flask app."""

from collections.abc import Mapping
from typing import Any

from flask import Flask

from chassis.clock import paris_date
from chassis.commands import Acteur
from chassis.config import Settings
from chassis.files.blueprint import pieces_blueprint
from chassis.http import create_app
from chassis.http.health import Check
from chassis.journal_blueprint import EventsSince, journal_blueprint
from courrier.application.outils import Outils
from courrier.entrypoints.http import fils
from courrier.entrypoints.http.brouillons import blueprint_des_brouillons
from courrier.entrypoints.http.erreurs import ERREURS


def creer(
    outils: Outils,
    settings: Settings | None,
    *,
    journal: EventsSince,
    ready: Mapping[str, Check],
    **options: Any,
) -> Flask:
    """`options` go to `chassis.http.create_app` (a verifier, a clock)."""

    def peut_deposer(acteur: Acteur, agent: str) -> None:
        outils.perimetre.auteur(acteur, agent, paris_date(fils.maintenant()))

    return create_app(
        "courrier",
        settings,
        [
            fils.blueprint_de_lecture(outils),
            fils.blueprint_d_ecriture(outils),
            fils.blueprint_de_suivi(outils),
            blueprint_des_brouillons(outils),
            pieces_blueprint(outils.pieces, peut_deposer),
            journal_blueprint(journal),
        ],
        ready=ready,
        erreurs=ERREURS,
        present_item=fils.presenter,
        **options,
    )
