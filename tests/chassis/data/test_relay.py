"""The relay over the twin and over MongoDB's wire, then over a real broker."""

import json
from itertools import islice
from typing import Any

import pytest
from kafka import KafkaConsumer

from chassis.broker import Outcome, Record
from chassis.clock import SystemClock
from chassis.kafka import Fenced, KafkaBroker
from chassis.mongo.connection import MongoDatabase
from chassis.mongo.lease import Lease
from chassis.relay import Relay
from chassis.repository import Repository
from chassis.testing.clock import FixedClock
from chassis.testing.memory import AUDIT_KEY, context
from chassis.testing.relay_suite import RelaySuite
from chassis.testing.sample import NOTEBOOK, Notebook
from chassis.testing.store import FakeDocumentStore
from chassis.testing.writing_suite import writing
from tests.chassis.data.stores import MongoStore


class TestRelayInMemory(RelaySuite):
    @pytest.fixture
    def store(self) -> FakeDocumentStore:
        return FakeDocumentStore()

    def journaled(self, store: Any) -> list[str]:
        return sorted(id.removeprefix("sample:notebook:") for id in store.journal)


@pytest.mark.serveur
class TestRelayInMongo(RelaySuite):
    @pytest.fixture
    def store(self, mongo_database: MongoDatabase) -> MongoStore:
        return MongoStore(mongo_database)

    def journaled(self, store: Any) -> list[str]:
        return sorted(entry["_id"].removeprefix("sample:notebook:") for entry in store.journal.find())


@pytest.mark.serveur
def test_events_written_to_mongo_arrive_in_kafka_under_their_key(
    mongo_database: MongoDatabase, kafka_url: str, make_topic: Any
) -> None:
    store, topic = MongoStore(mongo_database), make_topic()
    repository = Repository(NOTEBOOK, store, AUDIT_KEY)
    for item in ("a", "b"):
        repository.execute("n1", context(), writing(item), create=lambda: Notebook("n1"))
    broker = KafkaBroker(kafka_url)
    assert Relay("sample", [store], broker, lambda type_: topic, SystemClock()).step()
    broker.close()
    records = read(kafka_url, topic, 2)
    assert [json.loads(record.value)["seq"] for record in records] == [1, 2]
    assert {record.key for record in records} == {b"n1"}
    assert ("content-type", b"application/cloudevents+json") in records[0].headers


@pytest.mark.serveur
@pytest.mark.parametrize("transactional_id", [None, "sample-relay"])
def test_a_record_too_large_is_refused_and_the_others_are_sent(
    transactional_id: str | None, kafka_url: str, make_topic: Any
) -> None:
    topic = make_topic()
    broker = KafkaBroker(kafka_url, transactional_id)
    records = [Record(topic, "a", b"1"), Record(topic, "b", b"x" * 2_000_000), Record(topic, "c", b"3")]
    assert broker.send(records) == [Outcome.SENT, Outcome.REFUSED, Outcome.SENT]
    broker.close()
    assert sorted(record.value for record in read(kafka_url, topic, 2)) == [b"1", b"3"]


@pytest.mark.serveur
def test_an_older_relay_with_the_same_transactional_id_is_fenced(kafka_url: str, make_topic: Any) -> None:
    topic = make_topic()
    older, newer = KafkaBroker(kafka_url, "fenced-relay"), KafkaBroker(kafka_url, "fenced-relay")
    assert older.send([Record(topic, "k", b"old")]) == [Outcome.SENT]
    assert newer.send([Record(topic, "k", b"new")]) == [Outcome.SENT]
    with pytest.raises(Fenced):
        older.send([Record(topic, "k", b"ghost")])
    newer.close()
    assert [record.value for record in read(kafka_url, topic, 2)] == [b"old", b"new"]


def test_a_broker_that_is_not_there_asks_to_send_again() -> None:
    broker = KafkaBroker("127.0.0.1:9")
    assert broker.send([Record("nowhere", "k", b"v")]) == [Outcome.RETRY]


@pytest.mark.serveur
def test_a_lease_is_held_by_one_until_it_lapses_or_is_given_back(mongo_database: MongoDatabase) -> None:
    clock = FixedClock()
    one, two = (Lease(mongo_database["baux"], "relay", name, clock) for name in ("one", "two"))
    assert one.acquire()
    assert not two.acquire()
    assert one.acquire()
    clock.advance(one.duration * 2)
    assert two.acquire()
    assert not one.acquire()
    two.release()
    clock.advance(one.duration / 3)
    assert one.acquire()


@pytest.mark.serveur
def test_a_lease_is_renewed_while_its_holder_lives(mongo_database: MongoDatabase) -> None:
    clock = FixedClock()
    one, two = (Lease(mongo_database["baux"], "relay", name, clock) for name in ("one", "two"))
    for _ in range(9):
        assert one.acquire()
        clock.advance(one.duration / 3)
        assert not two.acquire()


def read(kafka_url: str, topic: str, count: int) -> list[Any]:
    consumer = KafkaConsumer(
        topic,
        bootstrap_servers=kafka_url,
        auto_offset_reset="earliest",
        isolation_level="read_committed",
        consumer_timeout_ms=10_000,
    )
    records = list(islice(consumer, count))
    consumer.close()
    return records
