"""Loading the accepted lines of an extract into a real base."""

from datetime import date
from typing import Any

import pytest
from dossier.bootstrap import CleEtrangere, preparer
from dossier.entrypoints.importer import importer

from chassis.mongo.connection import MongoDatabase
from contracts.personnes import id_agent

pytestmark = pytest.mark.serveur

NUMENS = ["10E0000001AAA", "10E0000002BBB", "10E0000003CCC"]


def test_chaque_agent_accepte_recoit_un_dossier(service: Any, ecrire_acceptees: Any) -> None:
    assert importer(service, [str(ecrire_acceptees(NUMENS))]) == 0
    agent = id_agent(service.configuration.cle_personnes(), NUMENS[0])
    dossier = service.application.dossiers.get(agent)
    [actuelle] = dossier.en_vigueur("affectations", date(2026, 11, 24))
    assert actuelle.valeurs["etablissement"] == "Collège Chantal Mary, Étienne-la-Forêt"


def test_charger_deux_fois_le_meme_fichier_ne_change_rien(
    service: Any, ecrire_acceptees: Any, mongo_database: MongoDatabase
) -> None:
    chemin = str(ecrire_acceptees(NUMENS))
    importer(service, [chemin])
    avant = list(mongo_database["dossiers"].find())
    assert importer(service, [chemin]) == 0
    assert list(mongo_database["dossiers"].find()) == avant


def test_un_chargement_interrompu_reprend_ou_il_en_etait(
    service: Any, ecrire_acceptees: Any, mongo_database: MongoDatabase
) -> None:
    importer(service, [str(ecrire_acceptees(NUMENS[:1]))])
    importer(service, [str(ecrire_acceptees(NUMENS))])
    assert mongo_database["dossiers"].count_documents({}) == 3


def test_un_extrait_d_une_autre_date_est_refuse_en_entier(
    service: Any, ecrire_acceptees: Any, mongo_database: MongoDatabase, capsys: Any
) -> None:
    importer(service, [str(ecrire_acceptees(NUMENS[:1]))])
    assert importer(service, [str(ecrire_acceptees(NUMENS, arrete_au="2026-12-01"))]) == 2
    assert mongo_database["dossiers"].count_documents({}) == 1
    assert "01/09/2026" in capsys.readouterr().out


def test_un_fichier_qui_n_est_pas_un_extrait_est_refuse(service: Any, tmp_path: Any) -> None:
    chemin = tmp_path / "autre.ndjson"
    for contenu in ('{"type": "agent"}\n', "pas du json\n", ""):
        chemin.write_text(contenu)
        assert importer(service, [str(chemin)]) == 2
    assert importer(service, [str(tmp_path / "absent.ndjson")]) == 2


def test_une_autre_cle_des_personnes_ne_charge_ni_ne_demarre(
    service: Any, autre_service: Any, ecrire_acceptees: Any, mongo_database: MongoDatabase
) -> None:
    chemin = str(ecrire_acceptees(NUMENS))
    importer(service, [chemin])
    etranger = autre_service("autre")
    assert importer(etranger, [chemin]) == 2
    assert mongo_database["dossiers"].count_documents({}) == 3
    with pytest.raises(CleEtrangere):
        preparer(etranger)
