"""The role that listens to Kafka."""

from threading import Event

from courrier.bootstrap import Application, preparer_les_index
from courrier.entrypoints.abonnements import ABONNEMENTS


def consommer(application: Application, stop: Event) -> None:
    preparer_les_index(application.base)
    application.consommateurs(ABONNEMENTS).run(stop)
