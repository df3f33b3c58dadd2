"""The drafts in memory keep the same promises as those in Mongo."""

from cv.application.ports import Brouillons

from services.cv.tests.doublures import BrouillonsEnMemoire
from services.cv.tests.unit.brouillons_suite import BrouillonsSuite


class TestBrouillonsEnMemoire(BrouillonsSuite):
    def brouillons(self) -> Brouillons:
        return BrouillonsEnMemoire()
