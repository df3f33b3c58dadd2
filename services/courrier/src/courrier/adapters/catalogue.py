"""Reads the dated texts of the notices."""

from functools import cache
from importlib import resources
from typing import Any

import yaml

from chassis.codec import make_converter
from courrier.domain.avis import Modeles

DONNEES = resources.files("courrier.adapters") / "donnees"


@cache
def charger() -> Modeles:
    """Raises at start when the data file is malformed."""
    lu: dict[str, Any] = yaml.safe_load((DONNEES / "avis.yaml").read_text(encoding="utf-8"))
    modeles = [{**modele, "valable_du": modele["valable_du"].isoformat()} for modele in lu["avis"]]
    return make_converter().structure({"modeles": modeles, "rubriques": lu["rubriques"]}, Modeles)
