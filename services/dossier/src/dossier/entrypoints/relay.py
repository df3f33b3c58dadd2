"""The role that hands the file's events to Kafka."""

from threading import Event

from dossier.bootstrap import Service, preparer


def relayer(service: Service, stop: Event) -> None:
    preparer(service)
    service.relais().run(stop)
