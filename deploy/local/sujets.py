"""Creates on a broker the topics of `contracts/topics.yaml`, and one for the dead letters of each group.

`python -m deploy.local.sujets <kafka> <note>` does both: it imports the services to know their groups,
which takes a moment, so the supervisor lets it run beside.
"""

import importlib
import importlib.util
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from kafka.admin import KafkaAdminClient, NewTopic
from kafka.errors import TopicAlreadyExistsError

from contracts import DEAD_LETTER_RETENTION_DAYS, TOPICS, Topic
from deploy.local.cache import fingerprint
from deploy.local.instance import ROOT
from deploy.local.ports import SERVICES

DAY_MS = 24 * 3600 * 1000


def create_event_topics(url: str, replication: int = 1) -> list[str]:
    """Creates those that are missing and returns their names. Raises kafka.errors.KafkaError."""
    return _create(url, (_event_topic(topic, replication) for topic in TOPICS.values()))


def create_dead_letter_topics(url: str, replication: int = 1) -> list[str]:
    """The same for `<group>.dlq`, kept thirty days."""
    kept = {"retention.ms": str(DEAD_LETTER_RETENTION_DAYS * DAY_MS)}
    names = sorted(f"{group}.dlq" for group in set(_groups()))
    return _create(url, (NewTopic(name, 1, replication, topic_configs=kept) for name in names))


def wanted(url: str) -> str:
    """Changes when a topic or a group may have appeared, or the broker is another."""
    sources = [
        ROOT / "contracts" / "topics.yaml",
        *sorted(ROOT.glob("services/*/src/*/entrypoints/abonnements.py")),
    ]
    return fingerprint(url.encode(), *(path.read_bytes() for path in sources))


def _create(url: str, topics: Iterable[NewTopic]) -> list[str]:
    admin = KafkaAdminClient(bootstrap_servers=url)
    try:
        there = set(admin.list_topics())
        absent = [topic for topic in topics if topic.name not in there]
        return [topic.name for topic in absent if _create_one(admin, topic)]
    finally:
        admin.close()


def _create_one(admin: KafkaAdminClient, topic: NewTopic) -> bool:
    """False when it is there already: each consumer makes its own dead letters at about the same time."""
    try:
        admin.create_topics([topic])
    except TopicAlreadyExistsError:
        return False
    return True


def _event_topic(topic: Topic, replication: int) -> NewTopic:
    kept = {"cleanup.policy": "compact"} if topic.compacted else {"retention.ms": str(topic.retention_ms)}
    return NewTopic(topic.name, topic.partitions, replication, topic_configs=kept)


def _groups() -> Iterator[str]:
    for service in SERVICES:
        if importlib.util.find_spec(service) is None or service == "identity":
            continue
        module = importlib.import_module(f"{service}.entrypoints.abonnements")
        yield from (subscription.group for subscription in module.ABONNEMENTS)


def main(url: str, note: Path) -> None:
    create_event_topics(url)
    create_dead_letter_topics(url)
    note.write_text(wanted(url), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
