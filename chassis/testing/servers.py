"""Real servers for the tests: a URL given by the environment, else the embedded stack, else containers.

`IPROF_TEST_MONGO_URL`, `IPROF_TEST_KAFKA_URL`, `IPROF_TEST_KEYCLOAK_URL` (with
`IPROF_TEST_KEYCLOAK_SECRETS`, a folder) name servers that are already there. `IPROF_TESTS=docker`
asks for containers. Each server starts once per run, when the first test needs it.
"""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from deploy.local.coffre import Coffre
from deploy.local.keycloak import secret_name
from deploy.local.stack import Kafka, Keycloak, MongoWire, Ports, Server, free_ports

READY_SECONDS = 120
REALM = "iprof"


@dataclass(frozen=True)
class KeycloakServer:
    """Where the realm is, and the folder that holds its clients' secrets."""

    url: str
    secrets: Path
    realm: str = REALM

    @property
    def issuer(self) -> str:
        return f"{self.url}/realms/{self.realm}"

    def secret_file(self, client: str) -> Path:
        return self.secrets / secret_name(client)

    def secret(self, client: str) -> str:
        return self.secret_file(client).read_text(encoding="utf-8").strip()


class RealServers:
    """What one test run has started. `close` stops every one of them."""

    def __init__(self) -> None:
        self._folder = TemporaryDirectory(prefix="iprof-tests-")
        self._data = Path(self._folder.name)
        self._ports: Ports | None = None
        self._to_stop: list[Callable[[], None]] = []

    def mongo_url(self) -> str:
        return self._found("IPROF_TEST_MONGO_URL", "mongo", MongoWire)

    def kafka_url(self) -> str:
        return self._found("IPROF_TEST_KAFKA_URL", "kafka", Kafka)

    def keycloak(self) -> KeycloakServer:
        secrets = os.environ.get("IPROF_TEST_KEYCLOAK_SECRETS")
        folder = Path(secrets) if secrets else Coffre(self._data).folder
        return KeycloakServer(self._found("IPROF_TEST_KEYCLOAK_URL", "keycloak", Keycloak), folder)

    def close(self) -> None:
        for stop in reversed(self._to_stop):
            stop()
        self._folder.cleanup()

    def _found(self, variable: str, name: str, embedded: Callable[[], Server]) -> str:
        given = os.environ.get(variable)
        if given:
            return given
        if os.environ.get("IPROF_TESTS") == "docker":
            # Imported here: most runs have no use for an engine's client.
            from chassis.testing.containers import start_container

            url, stop = start_container(name, self._data)
            self._to_stop.append(stop)
            return url
        return self._started(embedded())

    def _started(self, server: Server) -> str:
        if self._ports is None:
            self._ports = free_ports()
        server.start(self._data, self._ports)
        self._to_stop.append(server.stop)
        wait_until_ready(server)
        return server.url


def wait_until_ready(server: Server) -> None:
    """Raises RuntimeError with the server's last words when it does not come up in time."""
    end = time.monotonic() + READY_SECONDS
    while not server.ready():
        if server.process is None or server.process.pid is None or time.monotonic() > end:
            words = server.process.last_words() if server.process else ""
            raise RuntimeError(f"{server.name} did not start:\n{words}")
        time.sleep(0.1)
