"""The role that listens to identity and cv."""

from threading import Event

import contracts
from chassis.journal import HttpJournalClient
from chassis.wiring import Consumers
from dossier.bootstrap import Service, preparer
from dossier.entrypoints.abonnements import ABONNEMENTS


def consommateurs(service: Service, heartbeat_ms: int = 3_000) -> Consumers:
    return Consumers(
        ABONNEMENTS,
        service,
        service.base,
        service.configuration.base.kafka_url,
        contracts.validate_consumed,
        service.clock,
        journal=HttpJournalClient({"cv": service.cv}),
        heartbeat_ms=heartbeat_ms,
    )


def ecouter(service: Service, stop: Event) -> None:
    preparer(service)
    consommateurs(service).run(stop)
