"""`python -m identity <role>`: web, relay, comptes, tout; importer FICHIER; openapi."""

import sys
from collections.abc import Callable
from functools import cache
from threading import Event

from chassis.roles import Job, Role, Roles, main
from identity.bootstrap import Identity, assembler
from identity.config import configuration
from identity.entrypoints import comptes, importer, relay, wsgi


@cache
def _identity() -> Identity:
    return assembler(configuration())


def _role(run: Callable[[Identity, Event], None]) -> Callable[[Event], None]:
    return lambda stop: run(_identity(), stop)


ROLES = Roles(
    service="identity",
    settings=lambda: configuration().base,
    web=lambda: wsgi.web(_identity()),
    documentation=wsgi.documentation,
    background=(Role("relay", _role(relay.relayer)), Role("comptes", _role(comptes.tenir))),
    jobs=(Job("importer", lambda arguments: importer.importer(_identity(), arguments)),),
    ready=lambda: _identity().checks(),
)

if __name__ == "__main__":
    sys.exit(main(ROLES))
