"""The same promises over the twin and over MongoDB's wire."""

import pytest

from chassis.mongo import MongoDocumentStore, MongoOutbox
from chassis.mongo.connection import MongoDatabase
from chassis.testing.store import FakeDocumentStore
from chassis.testing.writing_suite import StoreAndOutbox, WritingSuite


class TestWritingInMemory(WritingSuite):
    @pytest.fixture
    def store(self) -> StoreAndOutbox:
        return FakeDocumentStore()


class MongoStore(MongoDocumentStore, MongoOutbox):
    """One collection seen from both sides."""

    def __init__(self, database: MongoDatabase) -> None:
        MongoDocumentStore.__init__(self, database["notebooks"])
        MongoOutbox.__init__(self, database["notebooks"], database["journal"])
        MongoDocumentStore.ensure_indexes(self)
        MongoOutbox.ensure_indexes(self)


@pytest.mark.serveur
class TestWritingInMongo(WritingSuite):
    @pytest.fixture
    def store(self, mongo_database: MongoDatabase) -> StoreAndOutbox:
        return MongoStore(mongo_database)
