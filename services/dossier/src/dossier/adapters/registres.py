"""What the service remembers besides its files: the extracts loaded, the key of persons, the pieces named."""

from collections.abc import Collection, Sequence
from datetime import date

from chassis.mongo.connection import MongoCollection, mongo_answers
from dossier.adapters.codec import REFS

CLE = "cle_personnes"


class ExtraitsCharges:
    """`extraits`: `{_id: académie, arrete_au}`; `parametres`: the fingerprint of the key of persons."""

    def __init__(self, extraits: MongoCollection, parametres: MongoCollection) -> None:
        self._extraits = extraits
        self._parametres = parametres

    def commencer(self, academie: str, arrete_au: date) -> date:
        """The day of the first extract begun for this académie: this one, unless another came before."""
        with mongo_answers():
            self._extraits.update_one(
                {"_id": academie}, {"$setOnInsert": {"arrete_au": arrete_au.isoformat()}}, upsert=True
            )
            found = self._extraits.find_one({"_id": academie})
        return date.fromisoformat(found["arrete_au"]) if found else arrete_au

    def cle_reconnue(self, empreinte: str) -> bool:
        """Whether this is the key of the first load, kept now if there was none."""
        with mongo_answers():
            self._parametres.update_one({"_id": CLE}, {"$setOnInsert": {"empreinte": empreinte}}, upsert=True)
        return not self.cle_etrangere(empreinte)

    def cle_etrangere(self, empreinte: str) -> bool:
        """Whether the files were loaded under another key."""
        with mongo_answers():
            found = self._parametres.find_one({"_id": CLE})
        return found is not None and found["empreinte"] != empreinte


class PiecesCitees:
    """Which files the requests name."""

    def __init__(self, dossiers: MongoCollection) -> None:
        self._dossiers = dossiers

    def ensure_indexes(self) -> None:
        with mongo_answers():
            self._dossiers.create_index(f"etat.{REFS}")

    def parmi(self, refs: Sequence[str]) -> Collection[str]:
        with mongo_answers():
            found = list(self._dossiers.find({f"etat.{REFS}": {"$in": list(refs)}}, {f"etat.{REFS}": 1}))
        citees = {ref for document in found for ref in document["etat"][REFS]}
        return citees & set(refs)
