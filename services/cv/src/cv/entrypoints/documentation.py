"""The routes without anything behind them: for the OpenAPI document only."""

from typing import Any, cast

from flask import Flask

from cv.adapters.catalogue import charger
from cv.application.outils import Outils
from cv.application.perimetre import Perimetre
from cv.entrypoints.http.application import creer


def documenter() -> Flask:
    rien = cast(Any, None)
    outils = Outils(
        depot=rien,
        brouillons=rien,
        pieces=rien,
        perimetre=Perimetre(rien, rien, rien),
        consultations=rien,
        catalogue=charger(),
    )
    return creer(outils, None, journal=rien, ready={})
