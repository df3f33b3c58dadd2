"""The browser and the whole system, shared by the tests that span services (e2e, pannes)."""

from tests.e2e.fixtures import (
    anne_marie,
    browser,
    coulisses,
    instance,
    passwords,
    personne,
    rachel,
    rene,
    sylvie,
    vecu,
)

__all__ = [
    "anne_marie",
    "browser",
    "coulisses",
    "instance",
    "passwords",
    "personne",
    "rachel",
    "rene",
    "sylvie",
    "vecu",
]
