"""The topics of `contracts/topics.yaml` on a broker, with the broker's own replication."""

from chassis.kafka import ensure_topics
from contracts import TOPICS, Topic


def ensure_all(url: str) -> None:
    """Creates those that are missing. Raises kafka.errors.KafkaError."""
    for topic in TOPICS.values():
        ensure_topics(url, [topic.name], partitions=topic.partitions, configs=settings(topic))


def settings(topic: Topic) -> dict[str, str]:
    if topic.compacted:
        return {"cleanup.policy": "compact"}
    return {"retention.ms": str(topic.retention_ms)}
