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

    def values(self, field: str, portefeuilles: frozenset[str]) -> list[str]:
        """The codes met in these portefeuilles, for a filter's choices."""
        found = self._file.distinct(field, {"portefeuille_id": {"$in": sorted(portefeuilles)}})
        return sorted(value for value in found if value)

    def following(self, filtre: Filtre, wanted: Criteria, after: str) -> Line | None:
        """The line after this one in the same list, else the first other one."""
        field, direction = TRIS[filtre.tri]
        lines = list(
            self._file.find(wanted).sort([(field, direction), ("recu_le", direction)]).limit(LONGEST_LIST)
        )
        ids = [line["_id"] for line in lines]
        later = lines[ids.index(after) + 1 :] if after in ids else lines
        return next(iter(later or [line for line in lines if line["_id"] != after]), None)

    def since(self, portefeuilles: frozenset[str], instant: str) -> int:
        """How many things to take arrived after this instant (RFC 3339)."""
        return self._file.count_documents(
            {
                "portefeuille_id": {"$in": sorted(portefeuilles)},
                "onglet": "a_prendre",
                "recu_le": {"$gt": instant},
            }
        )

    def demandes(self, agent: str) -> list[Line]:
        found = self._demandes.find({"agent": agent}).sort([("etat_depuis", -1)]).limit(LONGEST_LIST)
        return list(found)

    def non_lus(self, wanted: Criteria, side: str) -> int:
        """Unread messages over the threads of one agent, or of some portefeuilles."""
        fils = self._fils.find({**wanted, f"non_lus_{side}": {"$gt": 0}}, {f"non_lus_{side}": 1})
        return sum(int(fil[f"non_lus_{side}"]) for fil in fils)

    def move(self, agent: str, situation: Mapping[str, Any]) -> None:
        """The agent's lines follow her to her portefeuille. Repeatable; not an event of theirs."""
        self._file.update_many({"agent": agent}, {"$set": dict(situation)})
        self._fils.update_many({"agent": agent}, {"$set": {"portefeuille_id": situation["portefeuille_id"]}})
