"""Which files the service still names: what the sweeper must leave alone."""

from collections.abc import Sequence

from pymongo import ASCENDING

from chassis.mongo.connection import MongoCollection, mongo_answers
from cv.adapters.brouillons import BrouillonsMongo


class References:
    def __init__(self, cvs: MongoCollection, brouillons: BrouillonsMongo) -> None:
        self._cvs = cvs
        self._brouillons = brouillons

    def ensure_indexes(self) -> None:
        with mongo_answers():
            self._cvs.create_index([("etat.refs", ASCENDING)])

    def nommees(self, refs: Sequence[str]) -> set[str]:
        """Those of these files that a CV or a draft names. Raises Indisponible."""
        with mongo_answers():
            trouves = self._cvs.find({"etat.refs": {"$in": list(refs)}}, {"etat.refs": 1})
            soumises = {ref for trouve in trouves for ref in trouve["etat"]["refs"]}
        return (soumises & set(refs)) | self._brouillons.refs_nommees(refs)
