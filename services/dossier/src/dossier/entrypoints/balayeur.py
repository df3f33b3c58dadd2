"""The role that deletes the files no request names."""

from threading import Event

from dossier.bootstrap import Service, preparer


def balayer(service: Service, stop: Event) -> None:
    preparer(service)
    service.balayeur().run(stop)
