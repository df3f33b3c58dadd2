"""`python -m gateway <role>`: web, push, consumer, tout; index, rejouer, ecarter."""

import sys
from collections.abc import Sequence
from functools import cache
from threading import Event

from flask import Flask

from chassis.parking import ecarter_job, rejouer_job
from chassis.roles import Job, Role, Roles, main
from chassis.upkeep import index_job
from gateway.bootstrap import MOST_LISTENERS, Application, wire
from gateway.config import settings
from gateway.entrypoints.abonnements import ABONNEMENTS
from gateway.entrypoints.consumer import consume
from gateway.entrypoints.wsgi import web

PAGE_THREADS = 16


@cache
def _application() -> Application:
    return wire(settings())


def _web() -> Flask:
    return web(_application())


def _consume(stop: Event) -> None:
    consume(_application(), stop)


def _role(arguments: Sequence[str]) -> list[str]:
    """`push` is the same app as `web`: the front sends it nothing but `/direct`."""
    return ["web" if argument == "push" else argument for argument in arguments]


ROLES = Roles(
    service="gateway",
    settings=lambda: settings().base,
    web=_web,
    background=(Role("consumer", _consume),),
    jobs=(
        Job("index", index_job(lambda: _application().prepare())),
        Job("rejouer", rejouer_job(lambda: _application().consumers(ABONNEMENTS).desks())),
        Job("ecarter", ecarter_job(lambda: _application().consumers(ABONNEMENTS).desks())),
    ),
    ready=lambda: {"mongo": _application().mongo_answers},
    threads=PAGE_THREADS + MOST_LISTENERS,
)

if __name__ == "__main__":
    sys.exit(main(ROLES, _role(sys.argv[1:])))
