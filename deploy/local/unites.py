"""What a supervisor keeps alive: one interface over a server and over a service."""

import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from deploy.local.instance import Instance
from deploy.local.keycloak import REALM
from deploy.local.ports import SERVICES
from deploy.local.processus import Processus
from deploy.local.services import Adresses, programme, service_url
from deploy.local.stack import Kafka, Keycloak, MongoWire, Server

SERVERS: dict[str, type[Server]] = {"keycloak": Keycloak, "kafka": Kafka, "mongo": MongoWire}
EMBEDDED, GIVEN, PROCESS = "embarque", "adresse donnee", "processus"


class Unite:
    """One line of `status`: a name, an address, how it is had, how to start it and see it is ready."""

    def __init__(
        self, name: str, url: str, via: str, ready: Callable[[], bool], start: Callable[[], Processus] | None
    ) -> None:
        self.name = name
        self.url = url
        self.via = via
        self.ready = ready
        self._start = start
        self.process: Processus | None = None

    @property
    def ours(self) -> bool:
        """Whether the supervisor starts and stops it."""
        return self._start is not None

    def start(self) -> None:
        if self._start is not None:
            self.process = self._start()

    @property
    def alive(self) -> bool:
        return not self.ours or (self.process is not None and self.process.pid is not None)


def server_units(instance: Instance) -> list[Unite]:
    """Keycloak first: it is the longest to come up, the rest happens meanwhile."""
    return [_server_unit(instance, name) for name in SERVERS]


def _server_unit(instance: Instance, name: str) -> Unite:
    given = instance.given.get(name)
    server = SERVERS[name]()
    server.locate(instance.ports)
    if given is not None:
        server.url = given
        return Unite(name, given, GIVEN, _given_ready(name, server), None)

    def start() -> Processus:
        server.start(instance.data, instance.ports)
        assert server.process is not None
        return server.process

    return Unite(name, server.url, EMBEDDED, server.ready, start)


def _given_ready(name: str, server: Server) -> Callable[[], bool]:
    """A Keycloak somewhere else hides its health page: its realm's own page tells as much."""
    if name == "keycloak":
        return lambda: answers(f"{server.url}/realms/{REALM}/.well-known/openid-configuration")
    return server.ready


def service_units(instance: Instance, addresses: Adresses) -> list[Unite]:
    return [_service_unit(instance, name, addresses) for name in SERVICES]


def _service_unit(instance: Instance, name: str, addresses: Adresses) -> Unite:
    url = service_url(instance, name)

    def start() -> Processus:
        process = Processus(instance.data, name)
        process.start(programme(instance, name, addresses, "tout"))
        return process

    return Unite(name, url, PROCESS, lambda: answers(f"{url}/ready"), start)


def addresses_of(servers: list[Unite]) -> Adresses:
    urls = {unit.name: unit.url for unit in servers}
    return Adresses(kafka=urls["kafka"], mongo=urls["mongo"], keycloak=urls["keycloak"])


def answers(url: str) -> bool:
    """Whether the page is there (200)."""
    try:
        with urllib.request.urlopen(url, timeout=3) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def leftovers(data: Path) -> list[Processus]:
    """Programs a supervisor that was killed left running."""
    left = (Processus(data, path.stem) for path in sorted((data / "pids").glob("*.json")))
    return [process for process in left if process.pid is not None]
