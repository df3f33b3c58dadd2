"""What every store of drafts promises, in memory or in Mongo."""

from dataclasses import replace

from cv.application.ports import Brouillons
from cv.domain.brouillon import Brouillon
from cv.domain.element import PieceJointe

from chassis.testing.clock import EPOCH

PIECE = PieceJointe(1, "diplome", "Copie", "ref-1", "l.pdf", "application/pdf", 12, 1, "saine", EPOCH)
BROUILLON = Brouillon(
    "element-1",
    "agent-1",
    "diplomes",
    0,
    EPOCH,
    {"intitule": "Licence", "niveau": None},
    [PIECE],
    cle="cle-1",
)


class BrouillonsSuite:
    def brouillons(self) -> Brouillons:
        raise NotImplementedError

    def test_un_brouillon_se_relit_tel_qu_il_est(self) -> None:
        brouillons = self.brouillons()
        assert brouillons.creer(BROUILLON)
        assert brouillons.lire("agent-1", "element-1") == BROUILLON
        assert list(brouillons.de("agent-1")) == [BROUILLON]

    def test_il_n_y_en_a_qu_un_par_element(self) -> None:
        brouillons = self.brouillons()
        brouillons.creer(BROUILLON)
        assert not brouillons.creer(replace(BROUILLON, cle="cle-2"))
        assert brouillons.lire("agent-1", "element-1") == BROUILLON

    def test_un_autre_agent_ne_le_voit_ni_ne_l_efface(self) -> None:
        brouillons = self.brouillons()
        brouillons.creer(BROUILLON)
        brouillons.effacer("agent-2", "element-1")
        assert brouillons.lire("agent-2", "element-1") is None
        assert list(brouillons.de("agent-2")) == []
        assert brouillons.lire("agent-1", "element-1") == BROUILLON

    def test_une_ecriture_sur_une_revision_passee_ne_passe_pas(self) -> None:
        brouillons = self.brouillons()
        brouillons.creer(BROUILLON)
        assert brouillons.remplacer(replace(BROUILLON, rev=2, valeurs={"intitule": "A"}), 1)
        assert not brouillons.remplacer(replace(BROUILLON, rev=2, valeurs={"intitule": "B"}), 1)
        garde = brouillons.lire("agent-1", "element-1")
        assert garde is not None
        assert garde.valeurs == {"intitule": "A"}

    def test_un_brouillon_efface_n_est_plus_la(self) -> None:
        brouillons = self.brouillons()
        brouillons.creer(BROUILLON)
        brouillons.effacer("agent-1", "element-1")
        assert brouillons.lire("agent-1", "element-1") is None
