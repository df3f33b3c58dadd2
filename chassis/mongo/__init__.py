"""The words of MongoDB: each port of the chassis over pymongo."""

from chassis.mongo.connection import connect
from chassis.mongo.document_store import MongoDocumentStore
from chassis.mongo.outbox import MongoOutbox

__all__ = ["MongoDocumentStore", "MongoOutbox", "connect"]
