"""Lists and drafts as Mongo gives them."""

from datetime import timedelta

import pytest
from courrier.application.commandes import OuvrirFil
from courrier.application.handlers import HANDLERS
from courrier.application.ports import Brouillon
from courrier.bootstrap import Application
from courrier.domain.fil import PieceJointe

from chassis.commands import Acteur, CommandContext
from chassis.testing.clock import EPOCH

pytestmark = pytest.mark.serveur
PIECE = PieceJointe(1, "ref-1", "rib.pdf", "application/pdf", 12, 1, "saine", EPOCH)


def ouvrir(application: Application, agent: str, portefeuille: str, minute: int) -> str:
    application.base["rattachements_v1"].update_one(
        {"_id": agent},
        {"$set": {"portefeuille_id": portefeuille, "compte_actif": True, "academie": "10", "seq": 1}},
        upsert=True,
    )
    contexte = CommandContext(
        Acteur(agent), EPOCH + timedelta(minutes=minute), "essai", f"cle-{agent}-{minute}", "corps"
    )
    commande = OuvrirFil(agent, f"Sujet {minute}", "Bonjour")
    id: str = HANDLERS[type(commande)](application.outils, commande, contexte).aggregate.id
    return id


def test_les_listes_donnent_les_derniers_d_abord_sans_lire_les_messages(application: Application) -> None:
    ids = [ouvrir(application, "rene", "10.A", minute) for minute in range(3)]
    ouvrir(application, "paul", "10.B", 9)
    listes = application.outils.listes
    assert [fil.id for fil in listes.de_l_agent("rene", None)] == ids[::-1]
    assert [fil.id for fil in listes.des_portefeuilles(["10.A"], "ouvert")] == ids[::-1]
    assert list(listes.des_portefeuilles(["10.A"], "clos")) == []
    assert len(listes.des_portefeuilles(["10.A", "10.B"], None)) == 4
    assert listes.de_l_agent("paul", None)[0].resume.extrait == "Bonjour"


def test_un_brouillon_se_remplace_se_relit_et_s_efface(application: Application) -> None:
    brouillons = application.outils.brouillons
    brouillons.garder("rene", Brouillon("nouveau", "RIB", "Bon", None, EPOCH))
    complet = Brouillon("nouveau", "RIB", "Bonjour", "rene", EPOCH, (PIECE,))
    brouillons.garder("rene", complet)
    assert brouillons.lire("rene", "nouveau") == complet
    assert brouillons.lire("paul", "nouveau") is None
    assert set(brouillons.cles("rene")) == {"nouveau"}
    assert application.references.nommees(["ref-1", "ref-2"]) == {"ref-1"}
    brouillons.effacer("rene", "nouveau")
    assert brouillons.lire("rene", "nouveau") is None


def test_le_fichier_d_un_message_est_garde(application: Application) -> None:
    application.base["fils"].insert_one({"_id": "fil-1", "etat": {"refs": ["ref-7"]}})
    assert application.references.nommees(["ref-7", "ref-8"]) == {"ref-7"}
