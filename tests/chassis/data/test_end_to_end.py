"""From a command to a projection, through a real Mongo and a real Kafka."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any

import pytest
from kafka import KafkaProducer

from chassis.clock import SystemClock
from chassis.consumer import LineUpdate, ProjectionSubscription, Subscription
from chassis.errors import Indisponible
from chassis.ids import RandomIds
from chassis.messages import Message
from chassis.mongo import MongoDocumentStore, MongoOutbox
from chassis.mongo.connection import MongoDatabase
from chassis.mongo.journal import MongoJournal
from chassis.mongo.replica import MongoReplica
from chassis.replicas import replica_subscription
from chassis.repository import Repository
from chassis.subscriptions import AnySubscription
from chassis.testing.memory import AUDIT_KEY, context
from chassis.testing.sample import NOTEBOOK, Notebook
from chassis.testing.writing_suite import striking, writing
from chassis.wiring import Consumers, make_relay

pytestmark = pytest.mark.serveur

WRITTEN, STRUCK = "sample.note.written.v1", "sample.note.struck.v1"


class Application:
    """What the readers keep."""

    def __init__(self, database: MongoDatabase) -> None:
        self.heard: list[str] = []
        self.refuses = ""
        self.down = False
        self.replica = MongoReplica(database["replica_v1"])


def note_line(application: Application, message: Message) -> Sequence[LineUpdate]:
    id = f"{message.subject}~{message.data['note_id']}"
    return [LineUpdate("notes_v1", id, message.seq, {"struck": message.data["struck"]})]


def hear(application: Application, message: Message) -> None:
    if application.down:
        raise Indisponible("down")
    if message.id == application.refuses:
        raise ValueError
    application.heard.append(message.id)


class Bench:
    """A writer and its readers, on real servers."""

    def __init__(self, database: MongoDatabase, kafka_url: str, topic: str) -> None:
        self.database, self.kafka_url, self.topic = database, kafka_url, topic
        self.store = MongoDocumentStore(database["notebooks"])
        self.store.ensure_indexes()
        self.repository = Repository(NOTEBOOK, self.store, AUDIT_KEY)
        self.application = Application(database)
        self.group = f"reader.{RandomIds().new()[:8]}.v1"

    def write(self, id: str, item: str) -> None:
        self.repository.execute(id, context(), writing(item), create=lambda: Notebook(id))

    def consumers(self, *subscriptions: AnySubscription) -> Consumers:
        journal = MongoJournal(self.database["journal"], {"notebook": self.store})
        return Consumers(
            subscriptions,
            self.application,
            self.database,
            self.kafka_url,
            lambda wire: None,
            SystemClock(),
            journal=OwnJournal(journal),
            heartbeat_ms=300,
        )

    @contextmanager
    def relaying(self) -> Iterator[None]:
        relay = make_relay(
            "sample",
            self.database,
            ["notebooks"],
            self.kafka_url,
            lambda type_: self.topic,
            lambda wire: None,
            SystemClock(),
            RandomIds(),
        )
        with running(relay.run):
            yield

    def send_raw(self, key: str, value: bytes) -> None:
        producer = KafkaProducer(bootstrap_servers=self.kafka_url)
        producer.send(self.topic, key=key.encode(), value=value).get(timeout=10)
        producer.close(timeout=2)

    def commands(self) -> Subscription:
        return Subscription(self.topic, f"{self.group}.commands", {WRITTEN: hear})


class OwnJournal:
    """The owner is this very process."""

    def __init__(self, journal: MongoJournal) -> None:
        self._journal = journal

    def events_since(self, source: str, kind: str, id: str, seq: int) -> Sequence[dict[str, Any]]:
        return self._journal.events_since(kind, id, seq)


@contextmanager
def running(run: Callable[[Event], None]) -> Iterator[None]:
    stop = Event()
    thread = Thread(target=run, args=(stop,))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(20)
        assert not thread.is_alive()


def eventually(condition: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.05)


@pytest.fixture
def bench(mongo_database: MongoDatabase, kafka_url: str, make_topic: Any) -> Bench:
    return Bench(mongo_database, kafka_url, make_topic())


def test_what_is_written_reaches_every_reader(bench: Bench) -> None:
    bench.write("n1", "a")
    readers = bench.consumers(
        ProjectionSubscription(bench.topic, f"{bench.group}.notes", {WRITTEN: note_line, STRUCK: note_line}),
        replica_subscription(
            bench.topic, f"{bench.group}.replica", [WRITTEN, STRUCK], lambda application: application.replica
        ),
        bench.commands(),
    )
    lines = bench.database["notes_v1"]
    with bench.relaying(), running(readers.run):
        bench.write("n2", "a")
        bench.repository.execute("n1", context(), striking("a"))
        eventually(lambda: lines.find_one({"_id": "n1~a", "struck": True}) is not None)
        eventually(lambda: lines.count_documents({}) == 2)
        eventually(
            lambda: sorted(bench.application.heard) == ["sample:notebook:n1:1", "sample:notebook:n2:1"]
        )
        eventually(lambda: (bench.application.replica.get("n1") or {}).get("seq") == 2)


def test_a_reader_that_was_down_goes_on_where_it_was(bench: Bench) -> None:
    with bench.relaying():
        bench.write("n1", "a")
        bench.application.down = True
        with running(bench.consumers(bench.commands()).run):
            time.sleep(1.5)
        bench.application.down = False
        bench.write("n1", "b")
        with running(bench.consumers(bench.commands()).run):
            eventually(lambda: bench.application.heard == ["sample:notebook:n1:1", "sample:notebook:n1:2"])


def test_a_bad_message_is_kept_apart_and_its_key_catches_up_once_replayed(bench: Bench) -> None:
    bench.application.refuses = "sample:notebook:n1:1"
    consumers = bench.consumers(bench.commands())
    [desk] = consumers.desks()
    with bench.relaying(), running(consumers.run):
        for item in ("a", "b"):
            bench.write("n1", item)
        bench.write("n2", "a")
        eventually(lambda: bench.application.heard == ["sample:notebook:n2:1"])
        eventually(lambda: len(desk.garees()) == 1)
        bench.application.refuses = ""
        desk.rejouer(bench.topic, "n1")
        bench.write("n1", "c")
        eventually(
            lambda: [id for id in bench.application.heard if ":n1:" in id][-1:] == ["sample:notebook:n1:3"]
        )
    assert bench.application.heard.count("sample:notebook:n1:1") == 1


def test_garbage_on_the_topic_stops_nobody_else(bench: Bench) -> None:
    bench.send_raw("n1", b"\xff garbage")
    bench.write("n2", "a")
    with bench.relaying(), running(bench.consumers(bench.commands()).run):
        eventually(lambda: bench.application.heard == ["sample:notebook:n2:1"])
    assert bench.database["cles_garees"].count_documents({"key": "n1"}) == 1


def test_two_members_share_a_group_and_lose_nothing_when_one_leaves(bench: Bench) -> None:
    first, second = bench.consumers(bench.commands()), bench.consumers(bench.commands())
    with bench.relaying(), running(first.run):
        with running(second.run):
            for number in range(10):
                bench.write(f"n{number}", "a")
            eventually(lambda: len(set(bench.application.heard)) == 10)
        for number in range(10, 20):
            bench.write(f"n{number}", "a")
        eventually(lambda: len(set(bench.application.heard)) == 20)


def test_one_group_that_falls_stops_the_others_and_says_why(bench: Bench) -> None:
    def breaks(application: Application, updates: Sequence[LineUpdate]) -> None:
        raise RuntimeError("broken")

    readers = bench.consumers(
        ProjectionSubscription(bench.topic, f"{bench.group}.notes", {WRITTEN: note_line}, after=breaks),
        bench.commands(),
    )
    bench.write("n1", "a")
    with bench.relaying(), pytest.raises(RuntimeError, match="broken"):
        readers.run(Event())


def test_the_outbox_is_empty_once_relayed(bench: Bench) -> None:
    bench.write("n1", "a")
    outbox = MongoOutbox(bench.database["notebooks"], bench.database["journal"])
    with bench.relaying():
        eventually(lambda: outbox.pending(10) == [])
    assert bench.database["journal"].count_documents({}) == 1
