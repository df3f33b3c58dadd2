"""The same promises over the twin and over MongoDB's wire."""

import pytest

from chassis.mongo.connection import MongoDatabase
from chassis.testing.store import FakeDocumentStore
from chassis.testing.writing_suite import StoreAndOutbox, WritingSuite
from tests.chassis.data.stores import MongoStore


class TestWritingInMemory(WritingSuite):
    @pytest.fixture
    def store(self) -> StoreAndOutbox:
        return FakeDocumentStore()


@pytest.mark.serveur
class TestWritingInMongo(WritingSuite):
    @pytest.fixture
    def store(self, mongo_database: MongoDatabase) -> StoreAndOutbox:
        return MongoStore(mongo_database)
