"""Who is looking at the same thing to decide, right now."""

from datetime import timedelta
from typing import Any

from pymongo.database import Database

from chassis.clock import Clock

LOOKING = timedelta(seconds=45)


class MongoPresences:
    """A trace per person and line, forgotten in a minute."""

    def __init__(self, database: Database[dict[str, Any]], clock: Clock) -> None:
        self._collection = database["presences"]
        self._clock = clock

    def ensure_indexes(self) -> None:
        self._collection.create_index("ligne")
        self._collection.create_index("vu_le", expireAfterSeconds=60)

    def look(self, ligne: str, personne_id: str) -> list[str]:
        """Notes that this person looks; says who else does."""
        now = self._clock.now()
        trace = {"ligne": ligne, "personne_id": personne_id, "vu_le": now}
        self._collection.update_one({"_id": f"{ligne}|{personne_id}"}, {"$set": trace}, upsert=True)
        found = self._collection.find({"ligne": ligne, "vu_le": {"$gt": now - LOOKING}})
        return [row["personne_id"] for row in found if row["personne_id"] != personne_id]
