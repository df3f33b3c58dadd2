"""Reading persons and portefeuilles from Mongo. Each query starts with a narrow, indexed equality."""

from collections.abc import Mapping, Sequence
from typing import Any

from chassis.mongo.connection import MongoCollection, mongo_answers
from identity.adapters.agregats import PERSONNES, PORTEFEUILLES
from identity.domain.personne import Personne
from identity.domain.portefeuille import Portefeuille

A_TRAITER = ("a_creer", "a_desactiver")


class PersonnesMongo:
    def __init__(self, collection: MongoCollection) -> None:
        self._collection = collection

    def ensure_indexes(self) -> None:
        with mongo_answers():
            self._collection.create_index([("etat.portefeuille_id", 1), ("etat.recherche.jetons", 1)])
            self._collection.create_index("etat.compte.etat")
            self._collection.create_index("etat.compte.demonstration")

    def de(self, ids: Sequence[str]) -> Mapping[str, Personne]:
        with mongo_answers():
            found = list(self._collection.find({"_id": {"$in": list(ids)}}, {"etat": 1}))
        return {document["_id"]: _personne(document) for document in found}

    def trouvees(self, portefeuille_id: str, jetons: Sequence[str]) -> Sequence[tuple[str, str]]:
        query: dict[str, Any] = {"etat.portefeuille_id": portefeuille_id}
        if jetons:
            query["etat.recherche.jetons"] = {"$all": list(jetons)}
        with mongo_answers():
            found = list(self._collection.find(query, {"etat.recherche.tri": 1}))
        return [(document["etat"]["recherche"]["tri"], document["_id"]) for document in found]

    def comptes_a_traiter(self) -> Sequence[str]:
        with mongo_answers():
            found = [
                (document["etat"]["compte"]["demonstration"], document["_id"])
                for etat in A_TRAITER
                for document in self._collection.find(
                    {"etat.compte.etat": etat}, {"etat.compte.demonstration": 1}
                )
            ]
        return [id for _, id in sorted(found, key=lambda pair: (pair[0] is None, pair[0] or 0))]

    def de_demonstration(self) -> Sequence[Personne]:
        with mongo_answers():
            found = list(self._collection.find({"etat.compte.demonstration": {"$gt": 0}}, {"etat": 1}))
        personnes = [personne for personne in map(_personne, found) if personne.compte.etat == "cree"]
        return sorted(personnes, key=lambda personne: personne.compte.demonstration or 0)


class PortefeuillesMongo:
    def __init__(self, collection: MongoCollection) -> None:
        self._collection = collection

    def ensure_indexes(self) -> None:
        with mongo_answers():
            self._collection.create_index("etat.academie")

    def tous(self, academie: str) -> Sequence[Portefeuille]:
        with mongo_answers():
            found = list(self._collection.find({"etat.academie": academie}, {"etat": 1}))
        portefeuilles = [PORTEFEUILLES.codec.from_document(document["etat"]) for document in found]
        return sorted(portefeuilles, key=lambda portefeuille: portefeuille.ordre)


def _personne(document: Mapping[str, Any]) -> Personne:
    return PERSONNES.codec.from_document(document["etat"])
