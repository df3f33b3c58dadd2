"""Aggregates in a Mongo collection: one document, one compare-and-set."""

from dataclasses import asdict
from typing import Any

from pymongo.errors import DuplicateKeyError

from chassis.aggregates import Change, Document
from chassis.mongo.connection import MongoCollection, mongo_answers

APPLIED_KEPT = 500


class MongoDocumentStore:
    """`DocumentStore` over one collection, one kind of aggregate."""

    def __init__(self, collection: MongoCollection) -> None:
        self._collection = collection

    def ensure_indexes(self) -> None:
        """The relay finds waiting aggregates by this sparse index."""
        with mongo_answers():
            self._collection.create_index("outbox_since", sparse=True)

    def load(self, id: str) -> Document | None:
        with mongo_answers():
            return self._collection.find_one({"_id": id})

    def insert(self, document: Document) -> bool:
        with mongo_answers():
            try:
                self._collection.insert_one(document)
            except DuplicateKeyError:
                return False
        return True

    def commit(self, id: str, v: int, change: Change) -> bool:
        with mongo_answers():
            result = self._collection.update_one({"_id": id, "v": v}, update_of(change))
        return result.modified_count == 1


def update_of(change: Change) -> dict[str, Any]:
    """The change as one update: paths of the state, version, outbox rows and idempotency record."""
    push: dict[str, Any] = {"outbox": {"$each": [asdict(row) for row in change.rows]}}
    if change.applied:
        push["applied"] = {"$each": [asdict(change.applied)], "$slice": -APPLIED_KEPT}
    update: dict[str, Any] = {
        "$set": {
            **{f"etat.{path}": value for path, value in change.set.items()},
            "seq": change.seq,
            "empreinte": change.empreinte,
        },
        "$inc": {"v": 1},
        "$push": push,
        "$min": {"outbox_since": change.now},
    }
    if change.unset:
        update["$unset"] = {f"etat.{path}": "" for path in change.unset}
    return update
