"""The role that deletes files nothing names."""

from threading import Event

from courrier.bootstrap import Application, preparer_les_index


def balayer(application: Application, stop: Event) -> None:
    preparer_les_index(application.base)
    application.balayeur().run(stop)
