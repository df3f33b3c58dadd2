"""JSON lines on standard output: static event names, codes and ids, never a person's data."""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog

PERSONAL = {
    "adresse", "authorization", "commentaire", "complement", "cookie", "courriel", "date_naissance",
    "email", "fichier", "iban", "identifiant", "jeton", "message", "modele", "mot_de_passe", "nir",
    "nom", "nom_fichier", "nom_naissance", "nom_usage", "numen", "password", "prenom", "prenoms",
    "saisie", "secret", "sujet", "telephone", "texte", "token", "valeur", "valeurs",
}  # fmt: skip
HIDDEN = "[masqué]"


def drop_personal(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Hides the value of any key that could hold personal data, at any depth."""
    for name, value in event.items():
        event[name] = _hidden(name, value)
    return event


def configure_logging(service: str, *, verbose: bool = False) -> None:
    """Once per process. Libraries speak from WARNING on; their texts are cut to the first line."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="le"),
        drop_personal,
    ]
    structlog.configure(
        processors=[*shared, _named(service), structlog.processors.JSONRenderer(ensure_ascii=False)],
        wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG if verbose else logging.INFO),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[_first_line, *shared],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _named(service),
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)


def log_failure(log: Any, event: str, error: BaseException, **context: Any) -> None:
    """An unexpected exception: its class and where it went, not its text, which may quote a value."""
    frames = [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(error.__traceback__)]
    log.error(event, erreur=type(error).__name__, trace=frames[-12:], **context)


def _named(service: str) -> Any:
    def add(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        event["service"] = service
        return event

    return add


def _first_line(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    event["texte_bibliotheque"] = str(event["event"]).splitlines()[0][:200] if event["event"] else ""
    event["event"] = "bibliotheque.dit"
    event.pop("exc_info", None)
    return event


def _hidden(name: str, value: Any) -> Any:
    if name.lower() in PERSONAL:
        return HIDDEN
    if isinstance(value, dict):
        return {key: _hidden(str(key), part) for key, part in value.items()}
    return value
