"""The drafts in Mongo keep their promises, and their files are left alone by the sweeper."""

import pytest
from cv.adapters.brouillons import BrouillonsMongo
from cv.adapters.references import References
from cv.application.ports import Brouillons

from chassis.mongo.connection import MongoDatabase
from services.cv.tests.unit.brouillons_suite import BROUILLON, BrouillonsSuite

pytestmark = pytest.mark.serveur


class TestBrouillonsMongo(BrouillonsSuite):
    @pytest.fixture(autouse=True)
    def _base(self, mongo_database: MongoDatabase) -> None:
        self._collection = mongo_database["brouillons"]

    def brouillons(self) -> Brouillons:
        brouillons = BrouillonsMongo(self._collection)
        brouillons.ensure_indexes()
        return brouillons


def test_un_fichier_nomme_par_un_brouillon_ou_un_cv_est_garde(mongo_database: MongoDatabase) -> None:
    brouillons = BrouillonsMongo(mongo_database["brouillons"])
    brouillons.creer(BROUILLON)
    mongo_database["cvs"].insert_one({"_id": "agent-1", "etat": {"refs": ["ref-2", "ref-3"]}})
    references = References(mongo_database["cvs"], brouillons)
    assert references.nommees(["ref-1", "ref-2", "ref-9"]) == {"ref-1", "ref-2"}
