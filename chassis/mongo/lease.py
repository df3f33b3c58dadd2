"""A lease that keeps two processes from doing the same work twice. Correctness never rests on it."""

from datetime import datetime, timedelta

from chassis.clock import Clock
from chassis.mongo.connection import MongoCollection, mongo_answers


class Lease:
    """One named piece of work, held by one process at a time for `duration`, renewed by asking again.

    Mongo is asked three times per `duration`; in between the last answer holds.
    """

    def __init__(
        self,
        collection: MongoCollection,
        name: str,
        holder: str,
        clock: Clock,
        duration: timedelta = timedelta(seconds=5),
    ) -> None:
        self._collection = collection
        self._name = name
        self._holder = holder
        self._clock = clock
        self.duration = duration
        self._mine = False
        self._ask_again_at: datetime | None = None

    def acquire(self) -> bool:
        """True when this process holds the lease. Raises Indisponible."""
        now = self._clock.now()
        if self._ask_again_at is None or now >= self._ask_again_at:
            self._mine = self._ask(now)
            self._ask_again_at = now + self.duration / 3
        return self._mine

    def release(self) -> None:
        """Lets the next process start at once. Raises Indisponible."""
        self._ask_again_at = None
        with mongo_answers():
            self._collection.delete_one({"_id": self._name, "porteur": self._holder})

    def _ask(self, now: datetime) -> bool:
        mine = {"_id": self._name, "porteur": self._holder, "jusqu_a": now + self.duration}
        free = {
            "$or": [
                {"$eq": [{"$ifNull": ["$porteur", self._holder]}, self._holder]},
                {"$lt": ["$jusqu_a", now]},
            ]
        }
        with mongo_answers():
            self._collection.update_one(
                {"_id": self._name},
                [{"$replaceWith": {"$cond": [free, {"$literal": mine}, "$$ROOT"]}}],
                upsert=True,
            )
            held = self._collection.find_one({"_id": self._name})
        return held is not None and held["porteur"] == self._holder
