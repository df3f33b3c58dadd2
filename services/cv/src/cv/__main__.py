"""`python -m cv <role>`: web, relay, consumer, balayeur, tout;
index, balayer, verifier-journal, rejouer, ecarter; openapi.
"""

import sys
from functools import cache
from threading import Event

from flask import Flask

from chassis.parking import ecarter_job, rejouer_job
from chassis.roles import Job, Role, Roles, main
from chassis.upkeep import index_job, sweep_job
from chassis.verification import verifier_job
from cv.bootstrap import Application, assembler, preparer_les_index
from cv.config import settings
from cv.entrypoints.abonnements import ABONNEMENTS
from cv.entrypoints.balayeur import balayer
from cv.entrypoints.consumer import consommer
from cv.entrypoints.documentation import documenter
from cv.entrypoints.relay import relayer
from cv.entrypoints.wsgi import application_web


@cache
def _application() -> Application:
    return assembler(settings())


def _web() -> Flask:
    return application_web(_application())


def _relayer(stop: Event) -> None:
    relayer(_application(), stop)


def _consommer(stop: Event) -> None:
    consommer(_application(), stop)


def _balayer(stop: Event) -> None:
    balayer(_application(), stop)


ROLES = Roles(
    service="cv",
    settings=settings,
    web=_web,
    documentation=documenter,
    background=(Role("relay", _relayer), Role("consumer", _consommer), Role("balayeur", _balayer)),
    jobs=(
        Job("index", index_job(lambda: preparer_les_index(_application().base))),
        Job("balayer", sweep_job(lambda: _application().balayeur())),
        Job("verifier-journal", verifier_job(lambda: _application().chaines_rompues())),
        Job("rejouer", rejouer_job(lambda: _application().consommateurs(ABONNEMENTS).desks())),
        Job("ecarter", ecarter_job(lambda: _application().consommateurs(ABONNEMENTS).desks())),
    ),
    ready=lambda: _application().checks(),
)

if __name__ == "__main__":
    sys.exit(main(ROLES))
