"""The role that hands this service's events to Kafka."""

from threading import Event

from courrier.bootstrap import Application, preparer_les_index


def relayer(application: Application, stop: Event) -> None:
    preparer_les_index(application.base)
    application.relais().run(stop)
