"""`python -m dossier <role>`: web, relay, consumer, balayeur, tout; importer, rejouer, ecarter; openapi."""

import sys
from collections.abc import Callable, Sequence
from functools import cache
from threading import Event

from chassis.parking import ParkingDesk, ecarter_job, rejouer_job
from chassis.roles import Job, Role, Roles, main
from dossier.bootstrap import Service, assembler
from dossier.config import configuration
from dossier.entrypoints import balayeur, consumer, importer, relay, wsgi


@cache
def _service() -> Service:
    return assembler(configuration())


def _role(run: Callable[[Service, Event], None]) -> Callable[[Event], None]:
    return lambda stop: run(_service(), stop)


def _bureaux() -> Sequence[ParkingDesk]:
    return consumer.consommateurs(_service()).desks()


ROLES = Roles(
    service="dossier",
    settings=lambda: configuration().base,
    web=lambda: wsgi.web(_service()),
    documentation=wsgi.documentation,
    background=(
        Role("relay", _role(relay.relayer)),
        Role("consumer", _role(consumer.ecouter)),
        Role("balayeur", _role(balayeur.balayer)),
    ),
    jobs=(
        Job("importer", lambda arguments: importer.importer(_service(), arguments)),
        Job("rejouer", rejouer_job(_bureaux)),
        Job("ecarter", ecarter_job(_bureaux)),
    ),
    ready=lambda: _service().checks(),
)

if __name__ == "__main__":
    sys.exit(main(ROLES))
