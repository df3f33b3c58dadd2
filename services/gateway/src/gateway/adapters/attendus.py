"""Events the gateway is waiting for: it wrote their lines itself, Kafka has not brought them yet."""

from datetime import datetime, timedelta
from typing import Any

from pymongo.database import Database

from chassis.clock import Clock
from chassis.cursors import Cursors, Origin

LATE_AFTER = timedelta(seconds=15)
FORGOTTEN_AFTER = timedelta(hours=1)


class MongoAttendus:
    """Says whether updates are late, without asking Kafka: what `group` has not read yet."""

    def __init__(
        self, database: Database[dict[str, Any]], cursors: Cursors, group: str, clock: Clock
    ) -> None:
        self._collection = database["attendus"]
        self._cursors = cursors
        self._group = group
        self._clock = clock

    def ensure_indexes(self) -> None:
        self._collection.create_index("le", expireAfterSeconds=int(FORGOTTEN_AFTER.total_seconds()))

    def expect(self, source: str, subject: str, seq: int) -> None:
        state = {"source": source, "subject": subject, "seq": seq, "le": self._clock.now()}
        self._collection.update_one({"_id": f"{source}|{subject}"}, {"$set": state}, upsert=True)

    def late(self) -> bool:
        now = self._clock.now()
        waiting = list(self._collection.find({"le": {"$lt": now - LATE_AFTER, "$gt": now - FORGOTTEN_AFTER}}))
        return bool(waiting) and self._still_missing(waiting)

    def _still_missing(self, waiting: list[dict[str, Any]]) -> bool:
        read = self._cursors.read(self._group, [Origin(row["source"], row["subject"]) for row in waiting])
        arrived = [
            row["_id"] for row in waiting if read.get(Origin(row["source"], row["subject"]), 0) >= row["seq"]
        ]
        self._forget(arrived, self._clock.now() - LATE_AFTER)
        return len(arrived) < len(waiting)

    def _forget(self, ids: list[str], before: datetime) -> None:
        if ids:
            self._collection.delete_many({"_id": {"$in": ids}, "le": {"$lt": before}})
