"""Which files the service still names: what the sweeper must leave alone."""

from collections.abc import Sequence

from pymongo import ASCENDING

from chassis.mongo.connection import MongoCollection, mongo_answers
from courrier.adapters.brouillons import BrouillonsMongo


class References:
    def __init__(self, fils: MongoCollection, brouillons: BrouillonsMongo) -> None:
        self._fils = fils
        self._brouillons = brouillons

    def ensure_indexes(self) -> None:
        with mongo_answers():
            self._fils.create_index([("etat.refs", ASCENDING)])

    def nommees(self, refs: Sequence[str]) -> set[str]:
        """Those of these files that a thread or a draft names. Raises Indisponible."""
        with mongo_answers():
            trouves = self._fils.find({"etat.refs": {"$in": list(refs)}}, {"etat.refs": 1})
            envoyees = {ref for trouve in trouves for ref in trouve["etat"]["refs"]}
        return (envoyees & set(refs)) | self._brouillons.refs_nommees(refs)
