"""The fixtures that give tests real servers. Loaded by the root `conftest.py`."""

from collections.abc import Callable, Iterator
from itertools import count

import pytest
from pymongo import MongoClient

from chassis.ids import RandomIds
from chassis.kafka import ensure_topics
from chassis.mongo.connection import MongoDatabase, MongoDocument, connect
from chassis.testing.servers import KeycloakServer, RealServers


@pytest.fixture(scope="session")
def real_servers() -> Iterator[RealServers]:
    servers = RealServers()
    try:
        yield servers
    finally:
        servers.close()


@pytest.fixture(scope="session")
def mongo_url(real_servers: RealServers) -> str:
    return real_servers.mongo_url()


@pytest.fixture(scope="session")
def kafka_url(real_servers: RealServers) -> str:
    return real_servers.kafka_url()


@pytest.fixture(scope="session")
def keycloak_server(real_servers: RealServers) -> KeycloakServer:
    return real_servers.keycloak()


@pytest.fixture(scope="session")
def mongo_client(mongo_url: str) -> Iterator[MongoClient[MongoDocument]]:
    client = connect(mongo_url)
    yield client
    client.close()


@pytest.fixture
def mongo_database(mongo_client: MongoClient[MongoDocument]) -> Iterator[MongoDatabase]:
    """A database nobody used before, gone after the test."""
    name = f"essai_{RandomIds().new()[:8]}"
    yield mongo_client[name]
    mongo_client.drop_database(name)


@pytest.fixture
def make_topic(kafka_url: str) -> Callable[..., str]:
    """`make_topic("nom", partitions=2, compacted=False)` creates a topic nobody used before."""
    run, numbers = RandomIds().new()[:8], count(1)

    def make(name: str = "essai", partitions: int = 2, compacted: bool = False) -> str:
        topic = f"{name}.{run}.{next(numbers)}"
        configs = {"cleanup.policy": "compact"} if compacted else {}
        ensure_topics(kafka_url, [topic], partitions=partitions, configs=configs)
        return topic

    return make
