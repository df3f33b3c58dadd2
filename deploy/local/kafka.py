"""A one-node Apache Kafka, straight from its jars."""

import base64
import secrets
import shutil
import socket
from pathlib import Path

from kafka.admin import KafkaAdminClient
from kafka.errors import KafkaError

from deploy.local.cache import fingerprint, is_made, made_once
from deploy.local.java import FOLDER, SMALL_MACHINE, TRUSTED_JARS, check, java, maven
from deploy.local.ports import HOST, Ports
from deploy.local.processus import Processus, Programme

POM = FOLDER / "maven-kafka.xml"
ANSWER_MS = 2000
PROPERTIES = """\
process.roles=broker,controller
node.id=1
listeners=PLAINTEXT://{host}:{port},CONTROLLER://{host}:{controller}
advertised.listeners=PLAINTEXT://{host}:{port}
controller.listener.names=CONTROLLER
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
controller.quorum.voters=1@{host}:{controller}
log.dirs={logs}
auto.create.topics.enable=false
group.initial.rebalance.delay.ms=0
offsets.topic.replication.factor=1
offsets.topic.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
share.coordinator.state.topic.num.partitions=1
broker.session.timeout.ms=3000
broker.heartbeat.interval.ms=500
"""


class Kafka:
    """The broker of one instance. `url` is `host:port`."""

    name = "kafka"

    def __init__(self) -> None:
        self.url = ""
        self.process: Processus | None = None

    @staticmethod
    def version() -> str:
        return f"kafka-{fingerprint(POM.read_bytes())}"

    def is_installed(self) -> bool:
        return is_made(self.version())

    def install(self) -> Path:
        """Fetches the jars once per machine. Raises Panne."""
        return made_once(self.version(), _fetch)

    def start(self, data_dir: Path, ports: Ports) -> None:
        """Starts it; its data live in `data_dir/kafka`. Call `ready` until it says so."""
        jars = self.install()
        folder = (data_dir / "kafka").resolve()
        _format(folder / "logs")
        _write_properties(folder, ports)
        self.locate(ports)
        self.process = Processus(data_dir, self.name)
        self.process.start(Programme(self.name, _words(jars, folder), folder, {}))

    def locate(self, ports: Ports) -> None:
        """Says where it is, without starting it."""
        self.url = f"{HOST}:{ports.kafka}"

    def ready(self) -> bool:
        """Whether it answers a client's request."""
        if not _listens(self.url):
            return False
        try:
            client = KafkaAdminClient(bootstrap_servers=self.url, bootstrap_timeout_ms=ANSWER_MS)
        except (KafkaError, OSError):
            return False
        try:
            return bool(client.describe_cluster()["brokers"])
        except (KafkaError, OSError):
            return False
        finally:
            client.close()

    def stop(self) -> None:
        if self.process is not None:
            self.process.stop()


def _listens(url: str) -> bool:
    """Asked first: the client would wait longer and longer between two tries."""
    host, _, port = url.split(",")[0].rpartition(":")
    try:
        socket.create_connection((host, int(port)), timeout=1).close()
    except OSError:
        return False
    return True


def _fetch(folder: Path) -> None:
    shutil.copy(POM, folder / "pom.xml")
    maven(
        "-f",
        str(folder / "pom.xml"),
        "-DincludeScope=runtime",
        "dependency:copy-dependencies",
        "-DoutputDirectory=libs",
    )
    for jar in sorted((folder / "libs").glob("*.jar")):
        check(jar)


def _format(logs: Path) -> None:
    """An empty log folder is formatted by one small file: no second JVM."""
    if (logs / "meta.properties").exists():
        return
    logs.mkdir(parents=True, exist_ok=True)
    cluster = base64.urlsafe_b64encode(secrets.token_bytes(16)).decode().rstrip("=")
    (logs / "meta.properties").write_text(f"version=1\ncluster.id={cluster}\nnode.id=1\n", encoding="utf-8")


def _write_properties(folder: Path, ports: Ports) -> None:
    text = PROPERTIES.format(
        host=HOST, port=ports.kafka, controller=ports.kafka_controller, logs=folder / "logs"
    )
    (folder / "server.properties").write_text(text, encoding="utf-8")


def _words(jars: Path, folder: Path) -> list[str]:
    return [
        java(),
        "-Xms64m",
        "-Xmx512m",
        *SMALL_MACHINE,
        *TRUSTED_JARS,
        "-cp",
        f"{jars / 'libs'}/*",
        "kafka.Kafka",
        str(folder / "server.properties"),
    ]
