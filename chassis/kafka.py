"""The words of Kafka: the producer behind `Broker`, the consumer behind `Source`, and topics."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import structlog
from kafka import KafkaConsumer, KafkaProducer, TopicPartition
from kafka.admin import KafkaAdminClient
from kafka.coordinator.assignors.cooperative_sticky import CooperativeStickyAssignor
from kafka.errors import (
    CommitFailedError,
    IllegalStateError,
    InvalidProducerEpochError,
    KafkaError,
    MessageSizeTooLargeError,
    ProducerFencedError,
    RecordListTooLargeError,
    TopicAlreadyExistsError,
)
from kafka.structs import OffsetAndMetadata

from chassis.broker import Outcome, Record
from chassis.errors import Transitoire
from chassis.kafka_address import client_settings

log = structlog.get_logger()

NEVER_ACCEPTED = (MessageSizeTooLargeError, RecordListTooLargeError)
FENCED = (ProducerFencedError, InvalidProducerEpochError)
ACK_SECONDS = 10
CONNECT_MS = 3_000
BREATH_SECONDS = 0.02


class Fenced(RuntimeError):
    """Another process took over this transactional id: this one must stop."""


class KafkaBroker:
    """`Broker` over an idempotent producer (`acks=all`, lz4), connected at the first send.

    With a `transactional_id` each batch is one transaction, and a paused older process with the same
    id is fenced: its next send raises `Fenced`.
    """

    def __init__(self, url: str, transactional_id: str | None = None) -> None:
        self._url = url
        self._transactional_id = transactional_id
        self._producer: Any = None

    def send(self, records: Sequence[Record]) -> Sequence[Outcome]:
        try:
            producer = self._connected()
        except KafkaError:
            return [Outcome.RETRY] * len(records)
        if self._transactional_id is None:
            return self._outside_transaction(producer, records)
        return self._in_transaction(producer, records)

    def close(self) -> None:
        producer, self._producer = self._producer, None
        if producer is not None:
            producer.close(timeout=2)

    def _outside_transaction(self, producer: Any, records: Sequence[Record]) -> Sequence[Outcome]:
        outcomes = _sent(producer, records)
        if Outcome.RETRY in outcomes:
            # An idempotent producer whose batch expired may never send again: the next try has a new one.
            self.close()
        return outcomes

    def _connected(self) -> Any:
        if self._producer is None:
            producer = KafkaProducer(**self._settings())
            if self._transactional_id is not None:
                _or_close(producer, producer.init_transactions)
            self._producer = producer
        return self._producer

    def _settings(self) -> dict[str, Any]:
        settings: dict[str, Any] = {
            **client_settings(self._url),
            "acks": "all",
            "enable_idempotence": True,
            "compression_type": "lz4",
            "linger_ms": 2,
            "bootstrap_timeout_ms": CONNECT_MS,
            "max_block_ms": 5_000,
            "request_timeout_ms": 5_000,
            "delivery_timeout_ms": ACK_SECONDS * 1_000,
            "reconnect_backoff_max_ms": 1_000,
        }
        return settings | ({"transactional_id": self._transactional_id} if self._transactional_id else {})

    def _in_transaction(self, producer: Any, records: Sequence[Record]) -> Sequence[Outcome]:
        """All or nothing; a record that is never accepted is told apart by sending each one alone."""
        outcomes = self._transaction(producer, records)
        if Outcome.REFUSED not in outcomes:
            return outcomes
        return [self._transaction(self._connected(), [record])[0] for record in records]

    def _transaction(self, producer: Any, records: Sequence[Record]) -> Sequence[Outcome]:
        try:
            producer.begin_transaction()
            outcomes = _sent(producer, records)
            if all(outcome is Outcome.SENT for outcome in outcomes):
                producer.commit_transaction()
                return outcomes
            self.close()
            return [Outcome.REFUSED if Outcome.REFUSED in outcomes else Outcome.RETRY] * len(records)
        except FENCED as error:
            raise Fenced(self._transactional_id) from error
        except KafkaError:
            self.close()
            return [Outcome.RETRY] * len(records)


def _or_close(producer: Any, act: Any) -> None:
    try:
        act()
    except FENCED as error:
        raise Fenced from error
    except KafkaError:
        producer.close(timeout=0)
        raise


def _sent(producer: Any, records: Sequence[Record]) -> Sequence[Outcome]:
    futures = [_handed_over(producer, record) for record in records]
    try:
        producer.flush(timeout=ACK_SECONDS)
    except KafkaError:
        log.warning("broker.flush_incomplet")
    return [_outcome(future) for future in futures]


def _handed_over(producer: Any, record: Record) -> Any:
    headers = [(name, value.encode()) for name, value in record.headers.items()]
    try:
        return producer.send(record.topic, key=record.key.encode(), value=record.value, headers=headers)
    except KafkaError as error:
        return error


def _outcome(future: Any) -> Outcome:
    if isinstance(future, NEVER_ACCEPTED):
        return Outcome.REFUSED
    if isinstance(future, FENCED):
        raise future
    if isinstance(future, KafkaError) or not future.is_done:
        return Outcome.RETRY
    if future.succeeded():
        return Outcome.SENT
    return _outcome(future.exception)


@dataclass(frozen=True)
class Received:
    """One record as it came: `value` and `key` are undecoded."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None = field(repr=False)
    traceparent: str | None = None


class UnhurriedConsumer(KafkaConsumer):  # type: ignore[misc]
    """While a heartbeat is unanswered the library looks again without any pause, and takes a whole core
    for as long as a broker is frozen. A look that brings nothing at once is followed by a breath."""

    def _poll_once(self, *arguments: Any, **options: Any) -> Any:
        began = time.monotonic()
        found = super()._poll_once(*arguments, **options)
        if not found and time.monotonic() - began < BREATH_SECONDS:
            time.sleep(BREATH_SECONDS)
        return found


class KafkaSource:
    """`Source` over one member of a consumer group.

    `earliest`, no auto-commit, cooperative-sticky, committed transactions only.
    """

    def __init__(
        self, url: str, group: str, topics: Sequence[str], *, batch: int = 200, heartbeat_ms: int = 3_000
    ) -> None:
        self._url = url
        self._group = group
        self._topics = list(topics)
        self._batch = batch
        self._heartbeat_ms = heartbeat_ms
        self._consumer: Any = None

    def poll(self, seconds: float) -> Sequence[Received]:
        """What came within `seconds`, in order per partition. Raises Transitoire when Kafka is down."""
        try:
            found = self._connected().poll(timeout_ms=int(seconds * 1_000), max_records=self._batch)
        except KafkaError as error:
            raise Transitoire("kafka") from error
        return [_received(record) for records in found.values() for record in records]

    def commit(self, done: Mapping[tuple[str, int], int]) -> None:
        """Remembers the next offset of each partition; a lost one is read again, harmlessly."""
        offsets = {
            TopicPartition(topic, partition): OffsetAndMetadata(offset, "", -1)
            for (topic, partition), offset in done.items()
        }
        try:
            self._connected().commit(offsets)
        except (CommitFailedError, IllegalStateError, KafkaError) as error:
            log.warning("consumer.commit_perdu", group=self._group, erreur=type(error).__name__)

    def rewind(self, positions: Mapping[tuple[str, int], int]) -> None:
        """Goes back to these offsets, on the partitions that are still ours."""
        consumer = self._connected()
        for (topic, partition), offset in positions.items():
            place = TopicPartition(topic, partition)
            if place in consumer.assignment():
                consumer.seek(place, offset)

    def pause(self) -> None:
        consumer = self._connected()
        consumer.pause(*consumer.assignment())

    def resume(self) -> None:
        consumer = self._connected()
        consumer.resume(*consumer.paused())

    def close(self) -> None:
        if self._consumer is not None:
            self._consumer.close(autocommit=False, timeout_ms=3_000)
            self._consumer = None

    def _connected(self) -> Any:
        if self._consumer is None:
            self._consumer = UnhurriedConsumer(
                *self._topics,
                **client_settings(self._url),
                bootstrap_timeout_ms=CONNECT_MS,
                group_id=self._group,
                auto_offset_reset="earliest",
                enable_auto_commit=False,
                isolation_level="read_committed",
                partition_assignment_strategy=[CooperativeStickyAssignor],
                heartbeat_interval_ms=self._heartbeat_ms,
                fetch_max_wait_ms=100,
                reconnect_backoff_max_ms=1_000,
            )
        return self._consumer


def _received(record: Any) -> Received:
    traceparent = dict(record.headers or ()).get("traceparent")
    return Received(
        topic=record.topic,
        partition=record.partition,
        offset=record.offset,
        key=record.key,
        value=record.value,
        traceparent=traceparent.decode(errors="replace") if traceparent else None,
    )


def ensure_topics(
    url: str,
    names: Sequence[str],
    *,
    partitions: int,
    configs: Mapping[str, str] | None = None,
    replication: int = -1,
) -> None:
    """Creates those that are missing; `replication` -1 is the broker's own default.

    Raises kafka.errors.KafkaError when the broker does not answer.
    """
    options = {
        "num_partitions": partitions,
        "replication_factor": replication,
        "configs": dict(configs or {}),
    }
    admin = KafkaAdminClient(**client_settings(url))
    try:
        for name in names:
            _ensure_topic(admin, name, options)
    finally:
        admin.close()


def _ensure_topic(admin: Any, name: str, options: Mapping[str, Any]) -> None:
    try:
        admin.create_topics({name: dict(options)}, wait_for_metadata=True)
    except TopicAlreadyExistsError:
        log.debug("topic.deja_la", topic=name)
