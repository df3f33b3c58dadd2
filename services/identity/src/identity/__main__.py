"""`python -m identity <role>`: web, relay, comptes, tout;
importer FICHIER, index, verifier-journal; openapi.
"""

import sys
from collections.abc import Callable
from functools import cache
from threading import Event

from chassis.roles import Job, Role, Roles, main
from chassis.upkeep import index_job
from chassis.verification import verifier_job
from identity.bootstrap import Identity, assembler, preparer_les_index
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
    jobs=(
        Job("importer", lambda arguments: importer.importer(_identity(), arguments)),
        Job("index", index_job(lambda: preparer_les_index(_identity().base))),
        Job("verifier-journal", verifier_job(lambda: _identity().chaines_rompues())),
    ),
    ready=lambda: _identity().checks(),
)

if __name__ == "__main__":
    sys.exit(main(ROLES))
