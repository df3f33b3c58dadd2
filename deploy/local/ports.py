"""Which port each process of one instance listens on: the gateway's, the others follow."""

import random
import socket
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

HOST = "127.0.0.1"
DEFAULT_PORT = 8080
WIDTH = 25
SERVICES = ("gateway", "identity", "dossier", "cv", "courrier")
FREE_BASES = range(20000, 32000, WIDTH)


@dataclass(frozen=True)
class Ports:
    """Every port of an instance, from the gateway's."""

    gateway: int = DEFAULT_PORT

    def of(self, service: str) -> int:
        """The port where a service answers HTTP. Raises ValueError for an unknown service."""
        return self.gateway + SERVICES.index(service)

    def side(self, service: str) -> int:
        """The port where a service tells its health and metrics."""
        return self.gateway + 20 + SERVICES.index(service)

    @property
    def keycloak(self) -> int:
        return self.gateway + 10

    @property
    def keycloak_management(self) -> int:
        return self.gateway + 11

    @property
    def kafka(self) -> int:
        return self.gateway + 12

    @property
    def kafka_controller(self) -> int:
        return self.gateway + 13

    @property
    def mongo(self) -> int:
        return self.gateway + 14

    @property
    def gateway_url(self) -> str:
        return f"http://{HOST}:{self.gateway}"

    def needed(self, servers: Iterable[str]) -> list[int]:
        """The ports an instance that runs these servers itself listens on."""
        of_servers = {
            "keycloak": (self.keycloak, self.keycloak_management),
            "kafka": (self.kafka, self.kafka_controller),
            "mongo": (self.mongo,),
        }
        of_services = [port(name) for name in SERVICES for port in (self.of, self.side)]
        return of_services + [port for server in servers for port in of_servers[server]]

    def all(self) -> Iterator[int]:
        return iter(range(self.gateway, self.gateway + WIDTH))

    def taken(self) -> list[int]:
        """The ports another program already listens on."""
        return [port for port in self.all() if not is_free(port)]


def is_free(port: int) -> bool:
    with socket.socket() as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((HOST, port))
        except OSError:
            return False
        return True


def free_ports() -> Ports:
    """A whole range nobody uses, below the ones the system lends to clients; drawn at random so that
    two test runs that begin together do not choose the same.

    Raises LookupError when there is none.
    """
    for base in random.sample(FREE_BASES, len(FREE_BASES)):
        ports = Ports(base)
        if not ports.taken():
            return ports
    raise LookupError("aucune plage de ports libre")
