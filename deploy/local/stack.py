"""The three real servers, for whoever starts them: the `iprof` command and the tests.

Each has `install()` (once per machine), `start(data_dir, ports)`, `ready()`, `stop()` and `url`.
"""

from deploy.local.kafka import Kafka
from deploy.local.keycloak import Keycloak
from deploy.local.mongo_wire import MongoWire
from deploy.local.ports import Ports, free_ports
from deploy.local.processus import Panne, wait_until

__all__ = ["Kafka", "Keycloak", "MongoWire", "Panne", "Ports", "Server", "free_ports", "wait_until"]

Server = Kafka | Keycloak | MongoWire
