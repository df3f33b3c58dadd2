"""Signals: somebody may want to look again. Read by `/direct`, never an event, gone in a minute."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from pymongo import ASCENDING
from pymongo.database import Database

from chassis.clock import Clock
from chassis.ids import Ids

LIFETIME = timedelta(minutes=2)


Heard = Callable[[Mapping[str, str]], None]


class MongoSignaux:
    """`notify` after a projection was written; `since` for whoever pushes to browsers."""

    def __init__(self, database: Database[dict[str, Any]], clock: Clock, ids: Ids) -> None:
        self._collection = database["signaux"]
        self._clock = clock
        self._ids = ids
        self._near: list[Heard] = []

    def tell_at_once(self, heard: Heard) -> None:
        """Whoever listens in this very process need not wait for the next look: id → recipient."""
        self._near.append(heard)

    def ensure_indexes(self) -> None:
        self._collection.create_index([("le", ASCENDING)])
        self._collection.create_index("expire_le", expireAfterSeconds=0)

    def notify(self, destinataires: Iterable[str]) -> None:
        now = self._clock.now()
        rows: list[dict[str, Any]] = [
            {"_id": self._ids.new(), "destinataire": destinataire, "le": now, "expire_le": now + LIFETIME}
            for destinataire in destinataires
        ]
        if rows:
            self._collection.insert_many(rows, ordered=False)
            told = {row["_id"]: row["destinataire"] for row in rows}
            for heard in self._near:
                heard(told)

    def since(self, instant: datetime) -> list[tuple[str, str]]:
        """The (id, recipient) of each signal from this instant on."""
        found = self._collection.find({"le": {"$gte": instant}}, {"destinataire": 1})
        return [(row["_id"], row["destinataire"]) for row in found]
