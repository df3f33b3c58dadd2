"""The journal of one service: what the relay kept, and what it has not taken yet."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pymongo import ASCENDING

from chassis.aggregates import Document, DocumentStore
from chassis.audit import first_break
from chassis.errors import Introuvable
from chassis.journal import PAGE
from chassis.mongo.connection import MongoCollection, mongo_answers
from chassis.outbox import journal_entry


class MongoJournal:
    """`Journal` over the relay's collection and the outboxes of each kind of aggregate."""

    def __init__(self, journal: MongoCollection, stores: Mapping[str, DocumentStore]) -> None:
        self._journal = journal
        self._stores = stores

    def events_since(self, kind: str, id: str, seq: int) -> Sequence[dict[str, Any]]:
        if kind not in self._stores:
            raise Introuvable("Ce journal n’existe pas.")
        waiting = self._waiting(self._stores[kind].load(id), seq)
        kept = self._kept(kind, id, seq, PAGE)
        merged = {entry["seq"]: entry["evenement"] for entry in [*waiting, *kept]}
        return [merged[number] for number in sorted(merged)][:PAGE]

    def first_break(self, key: bytes, kind: str, id: str) -> int | None:
        """The seq where one aggregate's audit chain is broken or cut short; None when it is whole."""
        document = self._stores[kind].load(id)
        waiting = self._waiting(document, 0)
        entries = {entry["seq"]: entry["audit"] for entry in [*waiting, *self._kept(kind, id, 0, 0)]}
        chain = [entries[number] for number in sorted(entries)]
        broken = first_break(key, chain)
        if broken is not None or document is None:
            return broken
        last = chain[-1]["empreinte"] if chain else None
        return None if last == document["empreinte"] else int(document["seq"])

    def _kept(self, kind: str, id: str, seq: int, limit: int) -> list[Document]:
        with mongo_answers():
            found = self._journal.find({"agregat": kind, "sujet": id, "seq": {"$gt": seq}})
            return list(found.sort("seq", ASCENDING).limit(limit))

    def _waiting(self, document: Document | None, seq: int) -> list[Document]:
        rows = document["outbox"] if document else []
        return [journal_entry(row) for row in rows if row["seq"] > seq]


def broken_chains(
    journal: MongoJournal, key: bytes, collections: Mapping[str, MongoCollection]
) -> Iterator[tuple[str, str, int]]:
    """`(kind, id, seq)` of each aggregate whose audit chain does not hold. Reads everything once."""
    for kind, collection in collections.items():
        with mongo_answers():
            ids = [found["_id"] for found in collection.find({}, {"_id": 1})]
        for id in ids:
            seq = journal.first_break(key, kind, id)
            if seq is not None:
                yield kind, id, seq
