"""The outboxes of a collection of aggregates, and the journal their rows are copied to."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from pymongo import ASCENDING, UpdateOne

from chassis.mongo.connection import MongoCollection, mongo_answers
from chassis.outbox import Pending, journal_entry

# Compared by `$gt`, not `$exists`: it is what makes the sparse index usable everywhere.
_BEFORE_EVERYTHING = datetime(1970, 1, 1, tzinfo=UTC)


class MongoOutbox:
    """`Outbox` over the same collection as the `MongoDocumentStore` whose rows it hands on."""

    def __init__(self, collection: MongoCollection, journal: MongoCollection) -> None:
        self._collection = collection
        self._journal = journal

    def ensure_indexes(self) -> None:
        with mongo_answers():
            self._journal.create_index([("agregat", ASCENDING), ("sujet", ASCENDING), ("seq", ASCENDING)])

    def pending(self, limit: int) -> Sequence[Pending]:
        with mongo_answers():
            waiting = (
                self._collection.find(
                    {"outbox_since": {"$gt": _BEFORE_EVERYTHING}}, {"outbox": 1, "outbox_since": 1}
                )
                .sort("outbox_since", ASCENDING)
                .limit(limit)
            )
            return [Pending(found["_id"], found["outbox"], found["outbox_since"]) for found in waiting]

    def keep(self, pending: Sequence[Pending]) -> None:
        entries = [journal_entry(row) for waiting in pending for row in waiting.rows]
        writes = [UpdateOne({"_id": entry["_id"]}, {"$setOnInsert": entry}, upsert=True) for entry in entries]
        if writes:
            with mongo_answers():
                self._journal.bulk_write(writes, ordered=True)

    def clear(self, sent: Mapping[str, Sequence[int]]) -> None:
        writes = [UpdateOne({"_id": id}, _without(seqs)) for id, seqs in sent.items() if seqs]
        if writes:
            with mongo_answers():
                self._collection.bulk_write(writes, ordered=True)


def _without(seqs: Sequence[int]) -> list[dict[str, Any]]:
    """One pipeline: what is decided on the rows is decided on the rows as they are at that moment."""
    others = {
        "$filter": {"input": "$outbox", "as": "row", "cond": {"$not": [{"$in": ["$$row.seq", list(seqs)]}]}}
    }
    still_waiting = {"$cond": [{"$eq": [{"$size": "$outbox"}, 0]}, "$$REMOVE", "$outbox_since"]}
    return [{"$set": {"outbox": others}}, {"$set": {"outbox_since": still_waiting}}]
