"""New files by the hundred: the same documents as one by one, read together and written together."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from pymongo.errors import BulkWriteError

from chassis.aggregates import Change, Document
from chassis.mongo.connection import MongoCollection, mongo_answers
from chassis.repository import Repository
from dossier.adapters.publications import DOSSIER
from dossier.domain.dossier import Dossier

DUPLICATE_KEY = 11000


class LotsDeDossiers:
    """Opens one repository per batch of agents."""

    def __init__(self, collection: MongoCollection, audit_key: bytes) -> None:
        self._collection = collection
        self._audit_key = audit_key

    @contextmanager
    def ouvrir(self, ids: Sequence[str]) -> Iterator[Repository[Dossier]]:
        """What is new in the batch is written when it closes. Raises Indisponible."""
        with mongo_answers():
            connus = {lu["_id"]: lu for lu in self._collection.find({"_id": {"$in": list(ids)}})}
        lot = _Lot(connus)
        yield Repository(DOSSIER, lot, self._audit_key)
        if lot.nouveaux:
            self._inserer(list(lot.nouveaux.values()))

    def _inserer(self, documents: Sequence[Document]) -> None:
        """A file somebody else inserted meanwhile is left as it is."""
        with mongo_answers():
            try:
                self._collection.insert_many(documents, ordered=False)
            except BulkWriteError as error:
                if any(fault["code"] != DUPLICATE_KEY for fault in error.details["writeErrors"]):
                    raise


class _Lot:
    """A `DocumentStore` of one batch: what was there, and what is to be inserted."""

    def __init__(self, connus: dict[str, Document]) -> None:
        self._connus = connus
        self.nouveaux: dict[str, Document] = {}

    def load(self, id: str) -> Document | None:
        return self._connus.get(id) or self.nouveaux.get(id)

    def insert(self, document: Document) -> bool:
        self.nouveaux[document["_id"]] = document
        return True

    def commit(self, id: str, v: int, change: Change) -> bool:
        raise NotImplementedError("a batch only creates")
