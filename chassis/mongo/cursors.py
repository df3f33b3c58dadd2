"""Cursors and parked keys of the groups of one service."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict

from pymongo import UpdateOne

from chassis.cursors import Origin, ParkedKey
from chassis.mongo.connection import MongoCollection, MongoDocument, mongo_answers


class MongoCursors:
    """`Cursors` over one collection (`curseurs`)."""

    def __init__(self, collection: MongoCollection) -> None:
        self._collection = collection

    def read(self, group: str, origins: Collection[Origin]) -> Mapping[Origin, int]:
        ids = {_place(group, *origin): origin for origin in origins}
        with mongo_answers():
            found = self._collection.find({"_id": {"$in": list(ids)}}, {"seq": 1})
            return {ids[cursor["_id"]]: cursor["seq"] for cursor in found}

    def advance(self, group: str, done: Mapping[Origin, int]) -> None:
        writes = [
            UpdateOne({"_id": _place(group, *origin)}, {"$max": {"seq": seq}}, upsert=True)
            for origin, seq in done.items()
        ]
        if writes:
            with mongo_answers():
                self._collection.bulk_write(writes, ordered=True)


class MongoParkedKeys:
    """`ParkedKeys` over one collection (`cles_garees`)."""

    def __init__(self, collection: MongoCollection) -> None:
        self._collection = collection

    def ensure_indexes(self) -> None:
        with mongo_answers():
            self._collection.create_index("group")

    def among(self, group: str, topic: str, keys: Collection[str]) -> set[str]:
        ids = [_place(group, topic, key) for key in keys]
        with mongo_answers():
            return {found["key"] for found in self._collection.find({"_id": {"$in": ids}}, {"key": 1})}

    def park(self, parked: ParkedKey) -> None:
        with mongo_answers():
            self._collection.update_one(
                {"_id": _place(parked.group, parked.topic, parked.key)},
                {"$setOnInsert": asdict(parked)},
                upsert=True,
            )

    def learn_origin(self, group: str, topic: str, key: str, source: str, kind: str) -> None:
        with mongo_answers():
            self._collection.update_one(
                {"_id": _place(group, topic, key), "source": None},
                {"$set": {"source": source, "kind": kind}},
            )

    def get(self, group: str, topic: str, key: str) -> ParkedKey | None:
        with mongo_answers():
            found = self._collection.find_one({"_id": _place(group, topic, key)})
        return None if found is None else _parked(found)

    def all(self, group: str) -> Sequence[ParkedKey]:
        with mongo_answers():
            return [_parked(found) for found in self._collection.find({"group": group})]

    def release(self, group: str, topic: str, key: str) -> None:
        with mongo_answers():
            self._collection.delete_one({"_id": _place(group, topic, key)})


def _parked(found: MongoDocument) -> ParkedKey:
    return ParkedKey(**{name: value for name, value in found.items() if name != "_id"})


def _place(*parts: str) -> str:
    return "|".join(parts)
