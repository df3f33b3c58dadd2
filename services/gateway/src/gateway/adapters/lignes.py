"""The gateway's lines in Mongo, as its pages ask for them."""

from collections.abc import Mapping
from typing import Any

from pymongo import ASCENDING
from pymongo.collection import Collection
from pymongo.database import Database

from gateway.application.filtres import ONGLETS, PAR_PAGE, TRIS, Filtre, of_tab
from gateway.application.lignes import DEMANDES, FILE, FILS, Line

Criteria = Mapping[str, Any]
LONGEST_LIST = 200


class MongoLignes:
    """Reads `file_v1`, `demandes_v1` and `fils_v1`; corrects a line's place when its agent moved.

    Every list starts with a narrow equality: portefeuilles and tab, or the agent.
    """

    def __init__(self, database: Database[Line]) -> None:
        self._file: Collection[Line] = database[FILE]
        self._demandes: Collection[Line] = database[DEMANDES]
        self._fils: Collection[Line] = database[FILS]

    def ensure_indexes(self) -> None:
        self._file.create_index(
            [("portefeuille_id", ASCENDING), ("onglet", ASCENDING), ("echeance", ASCENDING)]
        )
        self._file.create_index([("agent", ASCENDING)])
        self._demandes.create_index([("agent", ASCENDING), ("etat_depuis", ASCENDING)])
        self._fils.create_index([("agent", ASCENDING)])
        self._fils.create_index([("portefeuille_id", ASCENDING), ("etat", ASCENDING)])

    def one(self, id: str) -> Line | None:
        return self._file.find_one({"_id": id})

    def page(self, filtre: Filtre, wanted: Criteria) -> tuple[list[Line], int]:
        """One page of the queue and how many lines there are in all."""
        field, direction = TRIS[filtre.tri]
        found = self._file.find(wanted).sort([(field, direction), ("recu_le", direction)])
        return list(found.skip((filtre.page - 1) * PAR_PAGE).limit(PAR_PAGE)), self._file.count_documents(
            wanted
        )

    def counts(self, portefeuilles: frozenset[str], moi: str) -> dict[str, int]:
        return {tab: self._file.count_documents(of_tab(tab, portefeuilles, moi)) for tab in ONGLETS}

    def choices(self, portefeuilles: frozenset[str]) -> dict[str, dict[str, str]]:
        """The corps and établissements met in these portefeuilles, each with one agent who has it."""
        found: dict[str, dict[str, str]] = {"corps": {}, "etablissement": {}}
        wanted = {"portefeuille_id": {"$in": sorted(portefeuilles)}}
        for line in self._file.find(wanted, {"agent": 1, "corps": 1, "etablissement": 1}):
            for field, examples in found.items():
                if line.get(field):
                    examples.setdefault(line[field], line["agent"])
        return found

    def has_reference(self, q: str, portefeuilles: frozenset[str]) -> bool:
        wanted = {"portefeuille_id": {"$in": sorted(portefeuilles)}, "reference": q.upper()}
        return self._file.find_one(wanted, {"_id": 1}) is not None

    def around(self, filtre: Filtre, wanted: Criteria, id: str) -> tuple[int | None, int, Line | None]:
        """The rank of a line in its list, how many there are, and the one that comes next."""
        field, direction = TRIS[filtre.tri]
        lines = list(
            self._file.find(wanted).sort([(field, direction), ("recu_le", direction)]).limit(LONGEST_LIST)
        )
        ids = [line["_id"] for line in lines]
        rank = ids.index(id) if id in ids else None
        following = lines[rank + 1 :] if rank is not None else lines
        others = following or [line for line in lines if line["_id"] != id]
        return None if rank is None else rank + 1, len(lines), next(iter(others), None)

    def arrived_since(self, wanted: Criteria, instant: str) -> int:
        """How many lines of this view entered their state after this instant (RFC 3339)."""
        return self._file.count_documents({**wanted, "etat_depuis": {"$gt": instant}})

    def demandes(self, agent: str) -> list[Line]:
        found = self._demandes.find({"agent": agent}).sort([("etat_depuis", -1)]).limit(LONGEST_LIST)
        return list(found)

    def fils_non_lus(self, wanted: Criteria, side: str) -> int:
        """How many threads hold something unread, of one agent or of some portefeuilles."""
        return self._fils.count_documents({**wanted, f"non_lus_{side}": {"$gt": 0}})

    def move(self, agent: str, situation: Mapping[str, Any]) -> bool:
        """The agent's lines follow her; says whether any moved. Repeatable; no event of theirs."""
        place = dict(situation)
        queued = self._file.update_many({"agent": agent}, {"$set": place})
        threads = self._fils.update_many(
            {"agent": agent}, {"$set": {"portefeuille_id": place["portefeuille_id"]}}
        )
        return bool(queued.modified_count or threads.modified_count)
