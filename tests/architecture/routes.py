"""Who may call what: every route of every service with its guard, as `docs/routes.csv` shows it.

`python -m tests.architecture.routes > docs/routes.csv` writes the table again.
"""

import csv
import importlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO
from unittest.mock import patch

from flask import Flask
from gateway.bootstrap import Application, wire
from gateway.config import settings
from gateway.entrypoints.http.app import create
from gateway.entrypoints.http.gardes import SignedIn

from chassis.clock import Clock
from chassis.http.guards import Anybody, APerson, AService, Guard, guard_of
from chassis.testing.walk import methods_of

SERVICES = ("identity", "dossier", "cv", "courrier")
COLUMNS = ("service", "methode", "route", "garde")
NOBODY = "127.0.0.1:1"

Row = tuple[str, str, str, str]


@cache
def apps() -> dict[str, Flask]:
    """Each app without anything behind it."""
    documented = {
        service: importlib.import_module(f"{service}.__main__").ROLES.documentation() for service in SERVICES
    }
    return {**documented, "gateway": gateway_app()}


def gateway_app() -> Flask:
    with wired_gateway() as wired:
        return create(wired)


@contextmanager
def wired_gateway(clock: Clock | None = None, **variables: str) -> Iterator[Application]:
    """The gateway with nobody behind it; its secrets can be read while the block lasts."""
    with TemporaryDirectory() as folder:
        with patch.dict(os.environ, {**_environment(Path(folder)), **variables}):
            read = settings()
        wired = wire(read, clock)
        try:
            yield wired
        finally:
            wired.database.client.close()


def table() -> list[Row]:
    return [row for service, app in apps().items() for row in sorted(rows(service, app))]


def rows(service: str, app: Flask) -> Iterator[Row]:
    for rule in app.url_map.iter_rules():
        for method in methods_of(rule):
            yield service, method, rule.rule, words(guard_of(app, rule.endpoint, method))


def words(guard: Guard | None) -> str:
    """A guard in French; a guard nobody gave words to breaks the table."""
    match guard:
        case Anybody():
            return "tout le monde"
        case APerson(roles):
            return _named("jeton d’une personne", roles)
        case AService(names):
            return _named("jeton d’un service", names)
        case SignedIn(roles):
            return _named("session ouverte", roles)
    raise AssertionError(f"no words for {guard!r}")


def write(out: IO[str]) -> None:
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow(COLUMNS)
    lines.writerows(table())


def _named(who: str, names: frozenset[str]) -> str:
    return f"{who} : {', '.join(sorted(names))}" if names else who


def _environment(folder: Path) -> dict[str, str]:
    secret = folder / "secret"
    secret.write_text("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", encoding="utf-8")
    addresses = ("KEYCLOAK", "IDENTITY", "DOSSIER", "CV", "COURRIER", "GATEWAY")
    return {
        "MONGO_URL": f"mongodb://{NOBODY}",
        **{f"{name}_URL": f"http://{NOBODY}" for name in addresses},
        **{f"{name}_FILE": str(secret) for name in ("CLIENT_SECRET", "OIDC_SECRET", "CLE_SESSION")},
    }


if __name__ == "__main__":
    write(sys.stdout)
