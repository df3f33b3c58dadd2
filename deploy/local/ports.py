"""Which port each process of one instance listens on: the gateway's, the others follow."""

import socket
from collections.abc import Iterator
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
    """A whole range nobody uses, below the ones the system lends to clients.

    Raises LookupError when there is none.
    """
    for base in FREE_BASES:
        ports = Ports(base)
        if not ports.taken():
            return ports
    raise LookupError("aucune plage de ports libre")
