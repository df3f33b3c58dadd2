"""Kept forms in Mongo, their fields sealed."""

from datetime import datetime
from typing import Any

from pymongo.database import Database

from gateway.adapters.coffre import Coffre
from gateway.application.formulaires import FormulaireGarde


class MongoFormulairesGardes:
    """Implements `application.formulaires.FormulairesGardes`."""

    def __init__(self, database: Database[dict[str, Any]], coffre: Coffre) -> None:
        self._collection = database["formulaires_gardes"]
        self._coffre = coffre

    def ensure_indexes(self) -> None:
        self._collection.create_index("expire_le", expireAfterSeconds=0)

    def keep(self, formulaire: FormulaireGarde) -> None:
        self._collection.insert_one(
            {
                "_id": formulaire.id,
                "personne_id": formulaire.personne_id,
                "chemin": formulaire.chemin,
                "champs": self._coffre.seal({nom: list(v) for nom, v in formulaire.champs.items()}),
                "expire_le": formulaire.expire_le,
            }
        )

    def get(self, id: str, personne_id: str, now: datetime) -> FormulaireGarde | None:
        kept = self._collection.find_one({"_id": id, "personne_id": personne_id, "expire_le": {"$gt": now}})
        champs = self._coffre.open(kept["champs"]) if kept else None
        if kept is None or champs is None:
            return None
        return FormulaireGarde(id, personne_id, kept["chemin"], champs, kept["expire_le"])

    def drop(self, id: str) -> None:
        self._collection.delete_one({"_id": id})
