"""Is the process alive, and can it do its work?"""

from collections.abc import Callable, Mapping
from typing import Any

import structlog
from flask import Blueprint

from chassis.http.guards import public

log = structlog.get_logger()
Check = Callable[[], bool]


def readiness(checks: Mapping[str, Check]) -> dict[str, bool]:
    """Each dependency's answer; a check that raises is a no."""
    return {name: _answers(name, check) for name, check in checks.items()}


def health_blueprint(checks: Mapping[str, Check]) -> Blueprint:
    blueprint = Blueprint("sante", __name__)

    @blueprint.get("/live")
    @public
    def live() -> dict[str, str]:
        return {"etat": "vivant"}

    @blueprint.get("/ready")
    @public
    def ready() -> tuple[dict[str, Any], int]:
        found = readiness(checks)
        return {"pret": all(found.values()), "dependances": found}, 200 if all(found.values()) else 503

    return blueprint


def _answers(name: str, check: Check) -> bool:
    try:
        return bool(check())
    except Exception as error:
        log.warning("sante.dependance_muette", dependance=name, erreur=type(error).__name__)
        return False
