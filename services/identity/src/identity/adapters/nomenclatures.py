"""The dated tables shipped with the service."""

import json
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from identity.domain.nomenclatures import Corps, Grade, Grille, Nomenclatures, Titre


@cache
def nomenclatures() -> Nomenclatures:
    return Nomenclatures(
        corps={corps["code"]: _corps(corps) for corps in _table("corps")["corps"]},
        disciplines=_table("disciplines")["disciplines"],
        academies=_table("academies")["academies"],
    )


def _corps(corps: dict[str, Any]) -> Corps:
    grilles = sorted((_grille(grille) for grille in corps["grilles"]), key=lambda grille: grille.valable_du)
    return Corps(corps["code"], corps["libelle"], Titre(**corps["titre"]), tuple(grilles))


def _grille(grille: dict[str, Any]) -> Grille:
    return Grille(
        valable_du=date.fromisoformat(grille["valable_du"]),
        source=grille["source"],
        grades={code: Grade(**grade) for code, grade in grille["grades"].items()},
    )


def _table(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(
        (files("identity") / "adapters" / "donnees" / f"{name}.json").read_text(encoding="utf-8")
    )
    return content
