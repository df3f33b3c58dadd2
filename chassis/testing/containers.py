"""Real servers in containers, for machines with an engine (`IPROF_TESTS=docker`).

An image that is neither there nor arrives within twenty seconds skips the test, in one line.
`IPROF_TEST_IMAGE_MONGO`, `…_KAFKA`, `…_KEYCLOAK` name other images.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import Any

import docker  # type: ignore[import-untyped]
import pytest
import requests
from docker.errors import DockerException, ImageNotFound  # type: ignore[import-untyped]
from pymongo import MongoClient
from pymongo.errors import PyMongoError
from testcontainers.core.container import DockerContainer

from deploy.local.coffre import Coffre
from deploy.local.kafka import Kafka
from deploy.local.keycloak import SOURCES, realm_variables
from deploy.local.ports import HOST, Ports, free_ports

IMAGES = {"mongo": "mongo:8", "kafka": "apache/kafka:4.3.1", "keycloak": "keycloak/keycloak:26.7.3"}
ARRIVES_WITHIN = 20.0
READY_WITHIN = 240.0

Stop = Callable[[], None]


def start_container(name: str, data: Path) -> tuple[str, Stop]:
    """The URL of a fresh server and how to stop it. Skips the test when its image cannot be had."""
    image = os.environ.get(f"IPROF_TEST_IMAGE_{name.upper()}", IMAGES[name])
    _need_image(image)
    container, url, ready = MAKERS[name](image, free_ports(), data)
    container.start()
    _wait(name, ready)
    return url, container.stop


def _need_image(image: str) -> None:
    try:
        client = docker.from_env()
        client.images.get(image)
    except ImageNotFound:
        _pull(client, image)
    except DockerException:
        pytest.skip("IPROF_TESTS=docker: no container engine answers")


def _pull(client: Any, image: str) -> None:
    arrived: list[Any] = []

    def pull() -> None:
        try:
            arrived.append(client.images.pull(image))
        except DockerException:
            return

    thread = Thread(target=pull, daemon=True)
    thread.start()
    thread.join(ARRIVES_WITHIN)
    if not arrived:
        pytest.skip(f"IPROF_TESTS=docker: the image {image} is not here and did not arrive in 20 s")


def _wait(name: str, ready: Callable[[], bool]) -> None:
    end = time.monotonic() + READY_WITHIN
    while not ready():
        if time.monotonic() > end:
            raise RuntimeError(f"the {name} container did not start")
        time.sleep(0.2)


def _mongo(image: str, ports: Ports, data: Path) -> tuple[DockerContainer, str, Callable[[], bool]]:
    port = ports.mongo
    command = f"mongod --replSet rs0 --bind_ip_all --port {port}"
    container = DockerContainer(image).with_command(command).with_bind_ports(port, port)
    return container, f"mongodb://{HOST}:{port}/?directConnection=true", lambda: _is_primary(port)


def _is_primary(port: int) -> bool:
    """One node is a replica set once it has been told so."""
    client: MongoClient[Any] = MongoClient(HOST, port, directConnection=True, serverSelectionTimeoutMS=1_000)
    try:
        if client.admin.command("hello").get("isWritablePrimary"):
            return True
        members = [{"_id": 0, "host": f"{HOST}:{port}"}]
        client.admin.command("replSetInitiate", {"_id": "rs0", "members": members})
    except PyMongoError:
        return False
    finally:
        client.close()
    return False


def _kafka(image: str, ports: Ports, data: Path) -> tuple[DockerContainer, str, Callable[[], bool]]:
    container = DockerContainer(image).with_bind_ports(ports.kafka, ports.kafka)
    for variable, value in _kafka_settings(ports.kafka).items():
        container = container.with_env(f"KAFKA_{variable}", value)
    probe = Kafka()
    probe.url = f"{HOST}:{ports.kafka}"
    return container, probe.url, probe.ready


def _kafka_settings(port: int) -> dict[str, str]:
    return {
        "NODE_ID": "1",
        "PROCESS_ROLES": "broker,controller",
        "LISTENERS": f"PLAINTEXT://0.0.0.0:{port},CONTROLLER://localhost:9093",
        "ADVERTISED_LISTENERS": f"PLAINTEXT://{HOST}:{port}",
        "CONTROLLER_LISTENER_NAMES": "CONTROLLER",
        "LISTENER_SECURITY_PROTOCOL_MAP": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "CONTROLLER_QUORUM_VOTERS": "1@localhost:9093",
        "AUTO_CREATE_TOPICS_ENABLE": "false",
        "GROUP_INITIAL_REBALANCE_DELAY_MS": "0",
        "OFFSETS_TOPIC_REPLICATION_FACTOR": "1",
        "TRANSACTION_STATE_LOG_REPLICATION_FACTOR": "1",
        "TRANSACTION_STATE_LOG_MIN_ISR": "1",
    }


def _keycloak(image: str, ports: Ports, data: Path) -> tuple[DockerContainer, str, Callable[[], bool]]:
    url = f"http://{HOST}:{ports.keycloak}"
    container = DockerContainer(image).with_command(f"start-dev --import-realm --http-port={ports.keycloak}")
    container = container.with_bind_ports(ports.keycloak, ports.keycloak)
    container = container.with_volume_mapping(
        str(SOURCES / "realm-iprof.json"), "/opt/keycloak/data/import/realm-iprof.json"
    )
    container = container.with_volume_mapping(str(SOURCES / "themes" / "iprof"), "/opt/keycloak/themes/iprof")
    for variable, value in realm_variables(Coffre(data), ports.gateway_url).items():
        container = container.with_env(variable, value)
    return container, url, lambda: _realm_answers(url)


def _realm_answers(url: str) -> bool:
    try:
        return requests.get(f"{url}/realms/iprof", timeout=2).ok
    except requests.RequestException:
        return False


MAKERS = {"mongo": _mongo, "kafka": _kafka, "keycloak": _keycloak}
