"""Lines of projections: each written only over an older one."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from pymongo import UpdateOne

from chassis.mongo.connection import MongoDatabase, mongo_answers
from chassis.subscriptions import LineUpdate


class MongoLines:
    """`Lines` over the collections of one database."""

    def __init__(self, database: MongoDatabase) -> None:
        self._database = database

    def apply(self, updates: Sequence[LineUpdate]) -> None:
        by_collection: dict[str, list[LineUpdate]] = defaultdict(list)
        for update in updates:
            by_collection[update.collection].append(update)
        with mongo_answers():
            for name, lines in by_collection.items():
                self._database[name].bulk_write([_guarded(line) for line in lines], ordered=True)


def _guarded(line: LineUpdate) -> UpdateOne:
    return UpdateOne({"_id": line.id}, newer_only(line.seq, line.fields, keep_others=True), upsert=True)


def newer_only(seq: int, fields: Mapping[str, Any], *, keep_others: bool) -> list[dict[str, Any]]:
    """A pipeline that writes `fields` only over a smaller `seq`; an absent document is older than all."""
    written: dict[str, Any] = {"$literal": {**fields, "seq": seq}}
    kept = "$$ROOT" if keep_others else {"_id": "$_id"}
    older = {"$lt": [{"$ifNull": ["$seq", -1]}, seq]}
    return [{"$replaceWith": {"$cond": [older, {"$mergeObjects": [kept, written]}, "$$ROOT"]}}]
