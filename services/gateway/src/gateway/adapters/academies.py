"""The académies and their régions, dated data kept beside this file."""

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def academies() -> tuple[dict[str, Any], ...]:
    """`{slug, libelle, region, code (of NUMEN, or None), mots}`, in the order pages show them."""
    text = files("gateway.adapters").joinpath("donnees/academies.json").read_text(encoding="utf-8")
    return tuple(json.loads(text)["academies"])
