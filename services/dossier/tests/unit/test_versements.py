"""The HR extract and the CV fill the file, each once."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from dossier.application.commandes import ChargerExtrait, VerserElementDuCV
from dossier.application.handlers import executer
from dossier.application.ports import VersionDElement
from dossier.domain.erreurs import ExtraitPlusRecent

import contracts
from chassis.errors import Introuvable

ELEMENT = "11111111-1111-4111-8111-111111111111"
JOUR = date(2026, 11, 24)


def test_l_extrait_remplit_chaque_rubrique(monde: Any) -> None:
    rubriques = {entree.rubrique for entree in monde.dossier().entrees.values()}
    assert rubriques == {r.code for r in monde.application.catalogue.rubriques} - {"distinctions"}


def test_le_meme_extrait_charge_deux_fois_ne_change_rien(monde: Any) -> None:
    avant = monde.memoire.store.load(monde.rene)
    monde.charger(monde.rene)
    assert monde.memoire.store.load(monde.rene) == avant


def test_un_extrait_plus_recent_n_est_pas_encore_rapproche(monde: Any) -> None:
    commande = ChargerExtrait(monde.rene, "10", "EPP", date(2026, 12, 1), "10E0989434SST", [])
    with pytest.raises(ExtraitPlusRecent):
        executer(monde.application, commande, monde.contexte("service:dossier", cle=None))


def test_le_chargement_est_publie_avec_ses_rubriques_et_sa_date(monde: Any) -> None:
    [evenement] = monde.evenements()
    contracts.validate_produced(evenement)
    assert (evenement["data"]["cause"], evenement["data"]["arrete_au"]) == ("extrait", "2026-09-01")


def test_une_carriere_est_une_suite_dont_la_derniere_etape_est_en_vigueur(monde: Any) -> None:
    [etape] = monde.dossier().en_vigueur("carriere", JOUR)
    assert etape.valeurs["echelon"] == 9


def test_une_affectation_finie_reste_dans_l_historique(monde: Any) -> None:
    assert len(monde.dossier().chaines("affectations")) == 2
    [actuelle] = monde.dossier().en_vigueur("affectations", JOUR)
    assert actuelle.valeurs["etablissement"].startswith("Collège Chantal Mary")


def verser(monde: Any, version: int, intitule: str = "Master FLE") -> None:
    monde.cv.versions[ELEMENT, version] = VersionDElement(
        {"intitule": intitule}, date(2020, 7, 1), datetime(2026, 11, 23, 10, 0, tzinfo=UTC), monde.sylvie
    )
    commande = VerserElementDuCV(monde.rene, ELEMENT, version)
    executer(monde.application, commande, monde.contexte("service:dossier", cle=None))


def test_un_diplome_verifie_du_cv_arrive_au_dossier_avec_qui_et_quand(monde: Any) -> None:
    verser(monde, 1)
    derniere = monde.dossier().en_vigueur("diplomes", JOUR)[-1]
    assert (derniere.origine, derniere.source) == ("cv", f"cv:{ELEMENT}:1")
    assert derniere.decision.par == monde.sylvie
    evenement = monde.evenements()[-1]
    contracts.validate_produced(evenement)
    assert (evenement["data"]["cause"], evenement["data"]["cause_id"]) == ("cv", ELEMENT)


def test_le_meme_element_recu_deux_fois_n_entre_qu_une_fois(monde: Any) -> None:
    verser(monde, 1)
    verser(monde, 1)
    assert monde.types().count("mis_a_jour") == 2


def test_une_nouvelle_version_remplace_la_precedente_sans_l_effacer(monde: Any) -> None:
    verser(monde, 1)
    verser(monde, 2, "Master FLE et FLS")
    intitules = [e.valeurs["intitule"] for e in monde.dossier().en_vigueur("diplomes", JOUR)]
    assert intitules == ["Licence Anglais", "Master FLE et FLS"]


def test_une_version_que_le_cv_ne_connait_pas_n_entre_pas(monde: Any) -> None:
    with pytest.raises(Introuvable):
        executer(
            monde.application,
            VerserElementDuCV(monde.rene, ELEMENT, 9),
            monde.contexte("service:dossier", cle=None),
        )
