"""The role that keeps the gateway's lines."""

from threading import Event

from gateway.bootstrap import Application
from gateway.entrypoints.abonnements import ABONNEMENTS


def consume(application: Application, stop: Event) -> None:
    application.prepare()
    application.consumers(ABONNEMENTS).run(stop)
