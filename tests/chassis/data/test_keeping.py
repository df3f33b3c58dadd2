"""Twins and Mongo adapters keep the same promises."""

from typing import Any

import pytest

from chassis.consultations import Consultations
from chassis.cursors import Cursors, Lines, ParkedKeys
from chassis.errors import Indisponible
from chassis.mongo import MongoDocumentStore, connect
from chassis.mongo.connection import MongoDatabase
from chassis.mongo.consultations import MongoConsultations
from chassis.mongo.cursors import MongoCursors, MongoParkedKeys
from chassis.mongo.lines import MongoLines
from chassis.mongo.replica import MongoReplica
from chassis.replicas import Replica
from chassis.testing.consultations import FakeConsultations
from chassis.testing.consuming import FakeCursors, FakeLines, FakeParkedKeys, FakeReplica
from chassis.testing.keeping_suite import (
    ConsultationsSuite,
    CursorsSuite,
    LinesSuite,
    ParkedKeysSuite,
    ReplicaSuite,
)


class TestCursorsInMemory(CursorsSuite):
    @pytest.fixture
    def cursors(self) -> Cursors:
        return FakeCursors()


class TestParkedKeysInMemory(ParkedKeysSuite):
    @pytest.fixture
    def parked(self) -> ParkedKeys:
        return FakeParkedKeys()


class TestLinesInMemory(LinesSuite):
    @pytest.fixture
    def lines(self) -> Lines:
        return FakeLines()

    def line(self, lines: Any, id: str) -> dict[str, Any]:
        found: dict[str, Any] = lines.lines["notes_v1"][id]
        return found


class TestReplicaInMemory(ReplicaSuite):
    @pytest.fixture
    def replica(self) -> Replica:
        return FakeReplica()


class TestConsultationsInMemory(ConsultationsSuite):
    @pytest.fixture
    def consultations(self) -> Consultations:
        return FakeConsultations()


@pytest.mark.serveur
class TestCursorsInMongo(CursorsSuite):
    @pytest.fixture
    def cursors(self, mongo_database: MongoDatabase) -> Cursors:
        return MongoCursors(mongo_database["curseurs"])


@pytest.mark.serveur
class TestParkedKeysInMongo(ParkedKeysSuite):
    @pytest.fixture
    def parked(self, mongo_database: MongoDatabase) -> ParkedKeys:
        parked = MongoParkedKeys(mongo_database["cles_garees"])
        parked.ensure_indexes()
        return parked


@pytest.mark.serveur
class TestLinesInMongo(LinesSuite):
    @pytest.fixture
    def lines(self, mongo_database: MongoDatabase) -> Lines:
        self.database = mongo_database
        return MongoLines(mongo_database)

    def line(self, lines: Any, id: str) -> dict[str, Any]:
        found = self.database["notes_v1"].find_one({"_id": id})
        assert found is not None
        return found


@pytest.mark.serveur
class TestReplicaInMongo(ReplicaSuite):
    @pytest.fixture
    def replica(self, mongo_database: MongoDatabase) -> Replica:
        replica = MongoReplica(mongo_database["replica_v1"], indexes=("shelf", "tags"))
        replica.ensure_indexes()
        return replica


@pytest.mark.serveur
class TestConsultationsInMongo(ConsultationsSuite):
    @pytest.fixture
    def consultations(self, mongo_database: MongoDatabase) -> Consultations:
        consultations = MongoConsultations(mongo_database["consultations"])
        consultations.ensure_indexes()
        return consultations


def test_a_mongo_that_is_not_there_is_said_in_words_a_person_can_read() -> None:
    client = connect("mongodb://127.0.0.1:9/?serverSelectionTimeoutMS=100")
    with pytest.raises(Indisponible, match="Réessayez"):
        MongoDocumentStore(client["nowhere"]["notebooks"]).load("n1")
    client.close()
