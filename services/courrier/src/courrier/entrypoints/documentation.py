"""The routes without anything behind them: for the OpenAPI document only."""

from typing import Any, cast

from flask import Flask

from courrier.adapters.catalogue import charger
from courrier.application.outils import Outils
from courrier.application.perimetre import Perimetre
from courrier.entrypoints.http.application import creer


def documenter() -> Flask:
    rien = cast(Any, None)
    outils = Outils(
        depot=rien,
        listes=rien,
        brouillons=rien,
        pieces=rien,
        perimetre=Perimetre(rien, rien, rien),
        modeles=charger(),
    )
    return creer(outils, None, journal=rien, ready={})
