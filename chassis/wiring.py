"""The relay and the consumers of a service, wired to Mongo and Kafka: what a bootstrap calls."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from threading import Event, Thread
from typing import Any

import structlog
from kafka.errors import KafkaError

from chassis.clock import Clock
from chassis.consumer import ConsumerLoop
from chassis.dead_letters import DeadLetters, dead_letter_topic
from chassis.errors import Transitoire
from chassis.heartbeat import Beating
from chassis.ids import Ids
from chassis.intake import ConsumerPorts, Intake
from chassis.journal import JournalClient, NoJournal
from chassis.kafka import KafkaBroker, KafkaSource, ensure_topics
from chassis.mongo.connection import MongoDatabase
from chassis.mongo.cursors import MongoCursors, MongoParkedKeys
from chassis.mongo.lease import Lease
from chassis.mongo.lines import MongoLines
from chassis.mongo.outbox import MongoOutbox
from chassis.parking import ParkingDesk
from chassis.relay import Relay
from chassis.subscriptions import AnySubscription

log = structlog.get_logger()

JOURNAL = "journal"
DAY_MS = 86_400_000
Validate = Callable[[Mapping[str, Any]], None]


def make_relay(
    service: str,
    database: MongoDatabase,
    collections: Sequence[str],
    kafka_url: str,
    topic_of: Callable[[str], str],
    validate: Validate,
    clock: Clock,
    ids: Ids,
    *,
    transactional_id: str | None = None,
) -> Relay:
    """The relay of these collections of aggregates. Its journal is the collection `journal`.

    `topic_of` and `validate` are `contracts.topic_of(type).name` and `contracts.validate_produced`.
    Raises Indisponible when Mongo does not answer (it makes its indexes).
    """
    outboxes = [MongoOutbox(database[name], database[JOURNAL]) for name in collections]
    for outbox in outboxes:
        outbox.ensure_indexes()
    broker = KafkaBroker(kafka_url, transactional_id)
    lease = Lease(database["baux"], f"relay-{service}", ids.new(), clock)
    return Relay(service, outboxes, broker, topic_of, clock, validate=validate, turn=lease)


class Consumers:
    """Every group of one service: a thread each, its cursors and parked keys in the service's database."""

    def __init__(
        self,
        subscriptions: Sequence[AnySubscription],
        application: Any,
        database: MongoDatabase,
        kafka_url: str,
        validate: Validate,
        clock: Clock,
        *,
        journal: JournalClient | None = None,
        heartbeat_ms: int = 3_000,
    ) -> None:
        self._by_group: dict[str, list[AnySubscription]] = defaultdict(list)
        for subscription in subscriptions:
            self._by_group[subscription.group].append(subscription)
        self._application = application
        self._kafka_url = kafka_url
        self._heartbeat_ms = heartbeat_ms
        self._parked = MongoParkedKeys(database["cles_garees"])
        self._cursors = MongoCursors(database["curseurs"])
        self._broker = KafkaBroker(kafka_url)
        self._ports = ConsumerPorts(
            cursors=self._cursors,
            parked=self._parked,
            dead_letters=DeadLetters(self._broker, self._parked, clock),
            journal=journal or NoJournal(),
            lines=MongoLines(database),
            clock=clock,
            validate=validate,
        )

    def run(self, stop: Event) -> None:
        """Works until told to stop. If one group falls, all stop and its error is raised."""
        self._ensure()
        fallen: list[BaseException] = []
        mine = Beating()
        threads = [
            Thread(target=self._run_group, args=(group, mine, fallen), name=f"consumer-{group}")
            for group in self._by_group
        ]
        for thread in threads:
            thread.start()
        while not (stop.wait(0.2) or fallen):
            continue
        mine.set()
        for thread in threads:
            thread.join()
        self._broker.close()
        if fallen:
            raise fallen[0]

    def desks(self) -> list[ParkingDesk]:
        """Where a person decides about the parked keys of each group."""
        return [
            ParkingDesk(group, self._intakes(group), self._cursors, self._parked) for group in self._by_group
        ]

    def _intakes(self, group: str) -> dict[str, Intake]:
        return {each.topic: Intake(each, self._application, self._ports) for each in self._by_group[group]}

    def _run_group(self, group: str, stop: Event, fallen: list[BaseException]) -> None:
        subscriptions = self._by_group[group]
        topics = [subscription.topic for subscription in subscriptions]
        source = KafkaSource(self._kafka_url, group, topics, heartbeat_ms=self._heartbeat_ms)
        try:
            ConsumerLoop(subscriptions, self._application, source, self._ports).run(stop)
        except Exception as error:
            fallen.append(error)

    def _ensure(self) -> None:
        self._parked.ensure_indexes()
        letters = [dead_letter_topic(group) for group in self._by_group]
        try:
            ensure_topics(self._kafka_url, letters, partitions=12, configs={"retention.ms": str(30 * DAY_MS)})
        except KafkaError as error:
            raise Transitoire("kafka") from error
