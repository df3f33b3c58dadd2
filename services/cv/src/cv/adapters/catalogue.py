"""Reads the dated data files into the domain's catalogue."""

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

import yaml

from chassis.codec import make_converter
from cv.domain.catalogue import Catalogue

DONNEES = resources.files("cv.adapters") / "donnees"


@cache
def charger() -> Catalogue:
    """The whole catalogue. Raises at start when a data file is malformed."""
    rubriques, delais = _lire("rubriques.yaml"), _lire("delais.yaml")
    lu = {
        "rubriques": [_rubrique(rubrique, rubriques["qui_voit"]) for rubrique in rubriques["rubriques"]],
        "motifs": _lire("motifs.yaml")["motifs"],
        "rappel": rubriques["rappel"],
        "delai_reponse": delais["reponse"]["jours_ouvres"],
    }
    return make_converter().structure(lu, Catalogue)


def _lire(nom: str) -> dict[str, Any]:
    contenu: dict[str, Any] = yaml.safe_load((DONNEES / nom).read_text(encoding="utf-8"))
    return contenu


def _rubrique(rubrique: Mapping[str, Any], qui_voit: Mapping[str, str]) -> dict[str, Any]:
    return {
        **rubrique,
        "champs": [_champ(champ) for champ in rubrique["champs"]],
        "qui_voit": qui_voit["verifiable" if rubrique["verifiable"] else "prive"],
        "valable_du": rubrique["valable_du"].isoformat(),
    }


def _champ(champ: Mapping[str, Any]) -> dict[str, Any]:
    choix = champ.get("choix", {})
    return {**champ, "choix": [{"code": code, "libelle": libelle} for code, libelle in choix.items()]}
