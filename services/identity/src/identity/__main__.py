"""`python -m identity <role>`: web, relay, comptes, tout; importer FICHIER; openapi."""

import sys
from collections.abc import Sequence
from functools import cache
from threading import Event

from flask import Flask

from chassis.roles import Job, Role, Roles, main
from identity.bootstrap import Identity, assembler
from identity.config import configuration
from identity.entrypoints.comptes import tenir
from identity.entrypoints.importer import importer
from identity.entrypoints.relay import relayer
from identity.entrypoints.wsgi import application


@cache
def _identity() -> Identity:
    return assembler(configuration())


def _web() -> Flask:
    return application(_identity())


def _relayer(stop: Event) -> None:
    relayer(_identity(), stop)


def _tenir(stop: Event) -> None:
    tenir(_identity(), stop)


def _importer(arguments: Sequence[str]) -> int:
    return importer(_identity(), arguments)


ROLES = Roles(
    service="identity",
    settings=lambda: configuration().base,
    web=_web,
    background=(Role("relay", _relayer), Role("comptes", _tenir)),
    jobs=(Job("importer", _importer),),
    ready=lambda: _identity().checks(),
)

if __name__ == "__main__":
    sys.exit(main(ROLES))
