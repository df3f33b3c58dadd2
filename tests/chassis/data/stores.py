"""Both halves of a Mongo collection of aggregates, for the suites."""

from chassis.mongo import MongoDocumentStore, MongoOutbox
from chassis.mongo.connection import MongoCollection, MongoDatabase


class MongoStore(MongoDocumentStore, MongoOutbox):
    """One collection seen from both sides."""

    def __init__(self, database: MongoDatabase) -> None:
        self.journal: MongoCollection = database["journal"]
        MongoDocumentStore.__init__(self, database["notebooks"])
        MongoOutbox.__init__(self, database["notebooks"], self.journal)
        MongoDocumentStore.ensure_indexes(self)
        MongoOutbox.ensure_indexes(self)
