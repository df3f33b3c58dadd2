"""Signals: somebody may want to look again. Read by `/direct`, never an event, gone in a minute."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from pymongo import ASCENDING
from pymongo.database import Database

from chassis.clock import Clock
from chassis.ids import Ids

LIFETIME = timedelta(minutes=2)


class MongoSignaux:
    """`notify` after a projection was written; `since` for whoever pushes to browsers."""

    def __init__(self, database: Database[dict[str, Any]], clock: Clock, ids: Ids) -> None:
        self._collection = database["signaux"]
        self._clock = clock
        self._ids = ids

    def ensure_indexes(self) -> None:
        self._collection.create_index([("le", ASCENDING)])
        self._collection.create_index("expire_le", expireAfterSeconds=0)

    def notify(self, destinataires: Iterable[str]) -> None:
        now = self._clock.now()
        rows = [
            {"_id": self._ids.new(), "destinataire": destinataire, "le": now, "expire_le": now + LIFETIME}
            for destinataire in destinataires
        ]
        if rows:
            self._collection.insert_many(rows, ordered=False)

    def since(self, instant: datetime) -> list[tuple[str, str]]:
        """The (id, recipient) of each signal from this instant on."""
        found = self._collection.find({"le": {"$gte": instant}}, {"destinataire": 1})
        return [(row["_id"], row["destinataire"]) for row in found]
