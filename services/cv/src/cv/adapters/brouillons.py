"""The drafts, one document each, in a collection of their own."""

from collections.abc import Sequence
from typing import Any

from pymongo import ASCENDING
from pymongo.errors import DuplicateKeyError

from chassis.codec import make_converter
from chassis.mongo.connection import MongoCollection, mongo_answers
from cv.domain.brouillon import Brouillon

CONVERTISSEUR = make_converter()
# As long as a repeated command is answered the same.
ABANDON_GARDE_SECONDES = 72 * 3600


class BrouillonsMongo:
    """`Brouillons` over one collection: `_id` is the element, `rev` guards each writing."""

    def __init__(self, collection: MongoCollection) -> None:
        self._collection = collection

    def ensure_indexes(self) -> None:
        with mongo_answers():
            self._collection.create_index([("agent", ASCENDING)])
            self._collection.create_index([("pieces.ref", ASCENDING)])
            self._collection.create_index("abandonne_le", expireAfterSeconds=ABANDON_GARDE_SECONDES)

    def de(self, agent: str) -> Sequence[Brouillon]:
        with mongo_answers():
            return [_lu(trouve) for trouve in self._collection.find({"agent": agent})]

    def lire(self, agent: str, element_id: str) -> Brouillon | None:
        with mongo_answers():
            trouve = self._collection.find_one({"_id": element_id, "agent": agent})
        return _lu(trouve) if trouve else None

    def creer(self, brouillon: Brouillon) -> bool:
        with mongo_answers():
            try:
                self._collection.insert_one({"_id": brouillon.id, **_ecrit(brouillon)})
            except DuplicateKeyError:
                return False
        return True

    def remplacer(self, brouillon: Brouillon, rev: int) -> bool:
        with mongo_answers():
            fait = self._collection.update_one(
                {"_id": brouillon.id, "agent": brouillon.agent, "rev": rev}, {"$set": _ecrit(brouillon)}
            )
        return fait.modified_count == 1

    def effacer(self, agent: str, element_id: str) -> None:
        with mongo_answers():
            self._collection.delete_one({"_id": element_id, "agent": agent})

    def refs_nommees(self, refs: Sequence[str]) -> set[str]:
        """Those of these files that a draft names."""
        with mongo_answers():
            trouves = self._collection.find({"pieces.ref": {"$in": list(refs)}}, {"pieces.ref": 1})
            nommees = {piece["ref"] for trouve in trouves for piece in trouve["pieces"]}
        return nommees & set(refs)


def _ecrit(brouillon: Brouillon) -> dict[str, Any]:
    document: dict[str, Any] = CONVERTISSEUR.unstructure(brouillon)
    return document


def _lu(document: dict[str, Any]) -> Brouillon:
    return CONVERTISSEUR.structure(document, Brouillon)
