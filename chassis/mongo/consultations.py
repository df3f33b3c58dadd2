"""Consultations in an append-only collection."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from pymongo import ASCENDING, DESCENDING

from chassis.consultations import Consultation
from chassis.mongo.connection import MongoCollection, mongo_answers


class MongoConsultations:
    """`Consultations` over one collection."""

    def __init__(self, collection: MongoCollection) -> None:
        self._collection = collection

    def ensure_indexes(self) -> None:
        with mongo_answers():
            self._collection.create_index([("sujet", ASCENDING), ("le", DESCENDING)])

    def record(self, sujet: str, acteur: str, role: str, motif: str, now: datetime) -> None:
        with mongo_answers():
            self._collection.insert_one(asdict(Consultation(sujet, acteur, role, motif, now)))

    def of(self, sujet: str, limit: int = 200) -> Sequence[Consultation]:
        with mongo_answers():
            found = self._collection.find({"sujet": sujet}, {"_id": 0}).sort("le", DESCENDING).limit(limit)
            return [Consultation(**line) for line in found]
