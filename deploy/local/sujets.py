"""Creates the topics of `contracts/topics.yaml` on a broker."""

from kafka.admin import KafkaAdminClient, NewTopic

from contracts import TOPICS, Topic


def create_topics(url: str, replication: int = 1) -> list[str]:
    """Creates those that are missing and returns their names. Raises kafka.errors.KafkaError."""
    admin = KafkaAdminClient(bootstrap_servers=url)
    try:
        there = set(admin.list_topics())
        absent = [topic for topic in TOPICS.values() if topic.name not in there]
        if absent:
            admin.create_topics([_new(topic, replication) for topic in absent])
        return [topic.name for topic in absent]
    finally:
        admin.close()


def _new(topic: Topic, replication: int) -> NewTopic:
    settings = {"cleanup.policy": "compact"} if topic.compacted else {"retention.ms": str(topic.retention_ms)}
    return NewTopic(topic.name, topic.partitions, replication, topic_configs=settings)
