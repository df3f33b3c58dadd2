"""The wired service over real servers."""

from pathlib import Path
from unittest.mock import patch

import pytest
from courrier.bootstrap import Application, assembler, preparer_les_index
from courrier.config import settings

import contracts
from chassis.journal import NoJournal
from chassis.kafka import ensure_topics
from chassis.mongo.connection import MongoDatabase


@pytest.fixture
def application(mongo_database: MongoDatabase, tmp_path: Path) -> Application:
    """Without Kafka: enough for what only Mongo decides."""
    return _application(mongo_database, tmp_path, "127.0.0.1:1")


@pytest.fixture
def application_kafka(mongo_database: MongoDatabase, tmp_path: Path, kafka_url: str) -> Application:
    noms = [topic.name for topic in contracts.TOPICS.values() if "courrier" in (topic.writer, *topic.readers)]
    ensure_topics(kafka_url, noms, partitions=2)
    return _application(mongo_database, tmp_path, kafka_url)


def _application(base: MongoDatabase, dossier: Path, kafka_url: str) -> Application:
    (dossier / "audit").write_bytes(b"une cle d'audit pour les essais seulement")
    environnement = {
        "MONGO_URL": "mongodb://127.0.0.1:1",
        "KEYCLOAK_URL": "http://127.0.0.1:1",
        "KAFKA_URL": kafka_url,
        "CLE_AUDIT_FILE": str(dossier / "audit"),
    }
    with patch.dict("os.environ", environnement):
        application = assembler(settings(), base, journaux=NoJournal())
    preparer_les_index(base)
    return application
