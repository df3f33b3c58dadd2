"""`python -m dossier <role>`: web, relay, consumer, balayeur, tout;
importer, index, balayer, verifier-journal, rejouer, ecarter; openapi.
"""

import sys
from collections.abc import Callable, Sequence
from functools import cache
from threading import Event

from chassis.parking import ParkingDesk, ecarter_job, rejouer_job
from chassis.roles import Job, Role, Roles, main
from chassis.upkeep import index_job, sweep_job
from chassis.verification import verifier_job
from dossier.bootstrap import Service, assembler, preparer
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
        Job("index", index_job(lambda: preparer(_service()))),
        Job("balayer", sweep_job(lambda: _service().balayeur())),
        Job("verifier-journal", verifier_job(lambda: _service().chaines_rompues())),
        Job("rejouer", rejouer_job(_bureaux)),
        Job("ecarter", ecarter_job(_bureaux)),
    ),
    ready=lambda: _service().checks(),
)

if __name__ == "__main__":
    sys.exit(main(ROLES))
