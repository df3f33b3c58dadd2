"""New persons by the hundred: the same documents as one by one, written together."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from pymongo.errors import BulkWriteError

from chassis.aggregates import Change, Document
from chassis.mongo.connection import MongoCollection, mongo_answers
from chassis.repository import Repository
from identity.adapters.agregats import PERSONNES
from identity.domain.personne import Personne

DUPLICATE_KEY = 11000


class LotsMongo:
    """`Lots` over the collection of persons."""

    def __init__(self, collection: MongoCollection, audit_key: bytes) -> None:
        self._collection = collection
        self._audit_key = audit_key

    def academies(self, ids: Sequence[str]) -> Mapping[str, str]:
        with mongo_answers():
            found = list(self._collection.find({"_id": {"$in": list(ids)}}, {"etat.academie": 1}))
        return {document["_id"]: document["etat"]["academie"] for document in found}

    @contextmanager
    def ouvrir(self) -> Iterator[Repository[Personne]]:
        store = _Attente()
        yield Repository(PERSONNES, store, self._audit_key)
        if store.documents:
            self._insert(store.documents)

    def _insert(self, documents: Sequence[Document]) -> None:
        """A person somebody else inserted meanwhile is left as she is."""
        with mongo_answers():
            try:
                self._collection.insert_many(documents, ordered=False)
            except BulkWriteError as error:
                if any(fault["code"] != DUPLICATE_KEY for fault in error.details["writeErrors"]):
                    raise


class _Attente:
    """A `DocumentStore` for persons known to be new: it keeps what is inserted until the end."""

    def __init__(self) -> None:
        self.documents: list[Document] = []

    def load(self, id: str) -> Document | None:
        return None

    def insert(self, document: Document) -> bool:
        self.documents.append(document)
        return True

    def commit(self, id: str, v: int, change: Change) -> bool:
        raise NotImplementedError("a batch only creates")
