"""Lists of threads, read from their documents without the messages."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from pymongo import ASCENDING, DESCENDING

from chassis.codec import make_converter
from chassis.mongo.connection import MongoCollection, mongo_answers
from courrier.domain.fil import Entete

CONVERTISSEUR = make_converter()
DERNIER = "etat.resume.dernier_message_le"
MONTRES = {
    f"etat.{nom}": 1
    for nom in (
        "id",
        "agent",
        "nature",
        "sujet",
        "ouvert_le",
        "portefeuille_id",
        "etat",
        "affecte_a",
        "resume",
        "rev",
    )
}
FILS_MAX = 300


class ListesMongo:
    """`Listes` over the collection of the threads."""

    def __init__(self, collection: MongoCollection) -> None:
        self._collection = collection

    def ensure_indexes(self) -> None:
        with mongo_answers():
            self._collection.create_index([("etat.agent", ASCENDING), (DERNIER, DESCENDING)])
            self._collection.create_index([("etat.portefeuille_id", ASCENDING), (DERNIER, DESCENDING)])

    def de_l_agent(self, agent: str, etat: str | None) -> Sequence[Entete]:
        return self._lire({"etat.agent": agent}, etat)

    def des_portefeuilles(self, portefeuilles: Collection[str], etat: str | None) -> Sequence[Entete]:
        trouves = [
            entete
            for portefeuille in portefeuilles
            for entete in self._lire({"etat.portefeuille_id": portefeuille}, etat)
        ]
        trouves.sort(key=lambda entete: entete.resume.dernier_message_le or entete.ouvert_le, reverse=True)
        return trouves[:FILS_MAX]

    def _lire(self, egalite: Mapping[str, Any], etat: str | None) -> list[Entete]:
        filtre = dict(egalite) | ({"etat.etat": etat} if etat else {})
        with mongo_answers():
            trouves = self._collection.find(filtre, MONTRES).sort(DERNIER, DESCENDING).limit(FILS_MAX)
            return [CONVERTISSEUR.structure(trouve["etat"], Entete) for trouve in trouves]
