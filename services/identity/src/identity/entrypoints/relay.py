"""The role that hands identity's events to Kafka."""

from threading import Event

from identity.bootstrap import Identity, preparer_les_index


def relayer(identity: Identity, stop: Event) -> None:
    preparer_les_index(identity.base)
    identity.relais().run(stop)
