"""The service's Flask app."""

from collections.abc import Mapping
from typing import Any

from flask import Flask

from chassis.clock import paris_date
from chassis.commands import Acteur
from chassis.config import Settings
from chassis.errors import Introuvable
from chassis.files.blueprint import pieces_blueprint
from chassis.http import create_app
from chassis.http.health import Check
from chassis.journal_blueprint import EventsSince, journal_blueprint
from cv.application.outils import Outils
from cv.domain.transitions import AGENT
from cv.entrypoints.http import commandes, lectures
from cv.entrypoints.http.erreurs import ERREURS


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
        auteur = outils.perimetre.auteur(acteur, agent, paris_date(lectures.maintenant()))
        if auteur.qualite != AGENT:
            raise Introuvable("Seule la personne concernée joint des pièces à son CV.")

    return create_app(
        "cv",
        settings,
        [
            lectures.blueprint_des_definitions(outils),
            lectures.blueprint_des_cvs(outils),
            lectures.blueprint_interne(outils),
            commandes.blueprint_de_l_agent(outils),
            commandes.blueprint_du_gestionnaire(outils),
            pieces_blueprint(outils.pieces, peut_deposer),
            journal_blueprint(journal),
        ],
        ready=ready,
        erreurs=ERREURS,
        present_item=lambda agregat, id: commandes.presenter(outils, agregat, id),
        **options,
    )
