"""A replica in one collection."""

from typing import Any

from chassis.messages import Message
from chassis.mongo.connection import MongoCollection, mongo_answers
from chassis.mongo.lines import newer_only

NEVER = -1


class MongoReplica:
    """`Replica` over one collection (`<nom>_v<n>`). `indexes` are the fields `find` is asked by."""

    def __init__(self, collection: MongoCollection, indexes: tuple[str, ...] = ()) -> None:
        self._collection = collection
        self._indexes = indexes

    def ensure_indexes(self) -> None:
        with mongo_answers():
            for name in self._indexes:
                self._collection.create_index(name)

    def put(self, message: Message) -> None:
        state = newer_only(message.seq, message.data, keep_others=False)
        with mongo_answers():
            self._collection.update_one({"_id": message.subject}, state, upsert=True)

    def deny(self, key: str) -> None:
        with mongo_answers():
            self._collection.update_one(
                {"_id": key}, {"$set": {"garee": True}, "$setOnInsert": {"seq": NEVER}}, upsert=True
            )

    def get(self, key: str) -> dict[str, Any] | None:
        with mongo_answers():
            found = self._collection.find_one({"_id": key})
        return None if found is None or found.get("garee") else found

    def find(self, **equality: Any) -> list[dict[str, Any]]:
        with mongo_answers():
            return [found for found in self._collection.find(equality) if not found.get("garee")]
