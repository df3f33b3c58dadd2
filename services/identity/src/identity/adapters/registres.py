"""What identity remembers besides its aggregates: user names, établissements, extracts loaded."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from pymongo import UpdateOne
from pymongo.errors import BulkWriteError

from chassis.errors import Indisponible
from chassis.mongo.connection import MongoCollection, mongo_answers
from identity.application.ports import Etablissement
from identity.domain.entete import FichierRefuse
from identity.domain.noms import identifiant

DUPLICATE_KEY = 11000
TRIES = 5
CLE = "cle_personnes"


class IdentifiantsMongo:
    """`Identifiants`: `{_id: user name, personne_id, base, rang}`, never deleted."""

    def __init__(self, collection: MongoCollection) -> None:
        self._collection = collection
        self._suivants: dict[str, int] = {}

    def ensure_indexes(self) -> None:
        with mongo_answers():
            self._collection.create_index("personne_id", unique=True)
            self._collection.create_index("base")

    def attribuer(self, bases: Mapping[str, str]) -> Mapping[str, str]:
        for _ in range(TRIES):
            donnes = self._donnes(bases)
            reste = {id: base for id, base in bases.items() if id not in donnes}
            if not reste:
                return donnes
            self._chercher_les_rangs({*reste.values()} - self._suivants.keys())
            self._reserver(_nouveaux(reste, self._suivants))
        raise Indisponible("Un autre chargement attribue les mêmes identifiants. Recommencez dans un moment.")

    def _donnes(self, ids: Iterable[str]) -> dict[str, str]:
        with mongo_answers():
            found = list(self._collection.find({"personne_id": {"$in": list(ids)}}))
        return {document["personne_id"]: document["_id"] for document in found}

    def _chercher_les_rangs(self, bases: Set[str]) -> None:
        """The next free rank of each base, remembered so that a common name is counted once."""
        self._suivants.update(dict.fromkeys(bases, 0))
        with mongo_answers():
            for document in self._collection.find({"base": {"$in": sorted(bases)}}, {"base": 1, "rang": 1}):
                base = document["base"]
                self._suivants[base] = max(self._suivants[base], document["rang"] + 1)

    def _reserver(self, documents: Sequence[dict[str, Any]]) -> None:
        """A name another process took meanwhile is simply not ours: the next try finds another."""
        with mongo_answers():
            try:
                self._collection.insert_many(documents, ordered=False)
            except BulkWriteError as error:
                if any(fault["code"] != DUPLICATE_KEY for fault in error.details["writeErrors"]):
                    raise
                self._suivants.clear()


def _nouveaux(bases: Mapping[str, str], suivants: dict[str, int]) -> list[dict[str, Any]]:
    documents = []
    for personne_id, base in bases.items():
        rang = suivants[base]
        suivants[base] += 1
        documents.append(
            {"_id": identifiant(base, rang), "personne_id": personne_id, "base": base, "rang": rang}
        )
    return documents


class EtablissementsMongo:
    def __init__(self, collection: MongoCollection) -> None:
        self._collection = collection

    def enregistrer(self, etablissements: Sequence[Etablissement]) -> None:
        writes = [UpdateOne({"_id": e.uai}, {"$set": _sans_uai(e)}, upsert=True) for e in etablissements]
        with mongo_answers():
            self._collection.bulk_write(writes, ordered=True)

    def de(self, uais: Sequence[str]) -> Mapping[str, Etablissement]:
        if not uais:
            return {}
        with mongo_answers():
            found = list(self._collection.find({"_id": {"$in": list(uais)}}))
        return {
            document["_id"]: Etablissement(
                document["_id"], document["denomination"], document["nature"], document["commune"]
            )
            for document in found
        }


def _sans_uai(etablissement: Etablissement) -> dict[str, str]:
    return {nom: valeur for nom, valeur in asdict(etablissement).items() if nom != "uai"}


class ExtraitsMongo:
    """`extraits`: `{_id: académie, arrete_au, commence_le, termine_le}`.

    `parametres` keeps the fingerprint of the key of persons.
    """

    def __init__(self, extraits: MongoCollection, parametres: MongoCollection) -> None:
        self._extraits = extraits
        self._parametres = parametres

    def arrete_au(self, academie: str) -> date | None:
        with mongo_answers():
            found = self._extraits.find_one({"_id": academie})
        return date.fromisoformat(found["arrete_au"]) if found else None

    def noter(self, academie: str, arrete_au: date, le: datetime, *, termine: bool) -> None:
        moment = "termine_le" if termine else "commence_le"
        with mongo_answers():
            self._extraits.update_one(
                {"_id": academie}, {"$set": {"arrete_au": arrete_au.isoformat(), moment: le}}, upsert=True
            )

    def verifier_cle(self, empreinte: str) -> None:
        with mongo_answers():
            self._parametres.update_one({"_id": CLE}, {"$setOnInsert": {"empreinte": empreinte}}, upsert=True)
            found = self._parametres.find_one({"_id": CLE})
        if found is None or found["empreinte"] != empreinte:
            raise FichierRefuse(
                "La clé des personnes n’est pas celle du premier chargement : "
                "remettez la clé sauvegardée, sinon chacun aurait deux dossiers."
            )
