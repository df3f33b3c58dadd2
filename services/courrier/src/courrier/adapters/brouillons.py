"""The drafts, one document per author and place."""

from collections.abc import Collection, Sequence

from pymongo import ASCENDING

from chassis.codec import make_converter
from chassis.ids import derived_id
from chassis.mongo.connection import MongoCollection, mongo_answers
from courrier.application.ports import Brouillon

CONVERTISSEUR = make_converter()


class BrouillonsMongo:
    """`Brouillons` over one collection."""

    def __init__(self, collection: MongoCollection) -> None:
        self._collection = collection

    def ensure_indexes(self) -> None:
        with mongo_answers():
            self._collection.create_index([("auteur", ASCENDING)])
            self._collection.create_index([("pieces.ref", ASCENDING)])

    def lire(self, auteur: str, cle: str) -> Brouillon | None:
        with mongo_answers():
            trouve = self._collection.find_one({"_id": _id(auteur, cle)})
        return CONVERTISSEUR.structure(trouve, Brouillon) if trouve else None

    def garder(self, auteur: str, brouillon: Brouillon) -> None:
        document = {"auteur": auteur, **CONVERTISSEUR.unstructure(brouillon)}
        with mongo_answers():
            self._collection.update_one({"_id": _id(auteur, brouillon.cle)}, {"$set": document}, upsert=True)

    def effacer(self, auteur: str, cle: str) -> None:
        with mongo_answers():
            self._collection.delete_one({"_id": _id(auteur, cle)})

    def cles(self, auteur: str) -> Collection[str]:
        with mongo_answers():
            return {trouve["cle"] for trouve in self._collection.find({"auteur": auteur}, {"cle": 1})}

    def refs_nommees(self, refs: Sequence[str]) -> set[str]:
        """Those of these files that a draft names."""
        with mongo_answers():
            trouves = self._collection.find({"pieces.ref": {"$in": list(refs)}}, {"pieces.ref": 1})
            nommees = {piece["ref"] for trouve in trouves for piece in trouve["pieces"]}
        return nommees & set(refs)


def _id(auteur: str, cle: str) -> str:
    return derived_id("brouillon", auteur, cle)
