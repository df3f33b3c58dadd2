"""The whole loading, on a real Mongo wire."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from identity.bootstrap import Identity, assembler
from identity.entrypoints.importer import importer

import contracts
from chassis.mongo.connection import MongoDatabase
from services.identity.tests import extraits
from services.identity.tests.reglages import reglages

pytestmark = pytest.mark.serveur
Importe = Callable[..., int]


@pytest.fixture
def fichier(tmp_path: Path) -> Path:
    return extraits.ecrire(tmp_path / "lyon.ndjson", extraits.octets(extraits.lignes(12)))


def etats(base: MongoDatabase) -> list[dict[str, Any]]:
    return sorted(base["personnes"].find(), key=lambda document: document["_id"])


def test_un_extrait_charge_les_personnes_leurs_portefeuilles_et_rien_d_autre(
    fichier: Path, importe: Importe, mongo_database: MongoDatabase
) -> None:
    assert importe(fichier) == 0
    assert mongo_database["personnes"].count_documents({}) == 18
    assert mongo_database["portefeuilles"].count_documents({}) == 2
    assert mongo_database["etablissements"].count_documents({}) == 2
    rattaches = mongo_database["personnes"].count_documents({"etat.portefeuille_id": "10.DPE2-ANGLAIS"})
    assert rattaches == 12


def test_le_meme_fichier_deux_fois_ne_change_rien(
    fichier: Path, importe: Importe, mongo_database: MongoDatabase
) -> None:
    importe(fichier)
    avant = etats(mongo_database)
    assert importe(fichier) == 0
    assert etats(mongo_database) == avant


def test_les_homonymes_recoivent_un_numero_dans_l_ordre_du_fichier(
    fichier: Path, importe: Importe, mongo_database: MongoDatabase
) -> None:
    importe(fichier)
    par_numen = {d["etat"]["numen"]: d["etat"]["identifiant"] for d in etats(mongo_database)}
    assert [par_numen[f"10E09{rang:05d}BLX"] for rang in (1, 2, 12)] == ["rdupont", "rdupont1", "rdupont11"]


def test_un_chargement_interrompu_reprend_sans_changer_les_identifiants(
    fichier: Path, importe: Importe, identity: Identity, mongo_database: MongoDatabase
) -> None:
    importe(fichier)
    avant = {d["_id"]: d["etat"]["identifiant"] for d in etats(mongo_database)}
    mongo_database["personnes"].delete_many({"etat.identifiant": {"$in": ["rdupont1", "rdupont5"]}})
    assert importe(fichier) == 0
    assert {d["_id"]: d["etat"]["identifiant"] for d in etats(mongo_database)} == avant


def test_une_ligne_fausse_est_ecartee_et_nommee_les_autres_sont_chargees(
    tmp_path: Path, importe: Importe, mongo_database: MongoDatabase
) -> None:
    contenu = extraits.lignes(3)
    contenu[-1] = extraits.change(contenu[-1], "carriere.0.echelon", 12)
    fichier = extraits.ecrire(tmp_path / "lyon.ndjson", extraits.octets(contenu))
    assert importe(fichier) == 3
    assert mongo_database["personnes"].count_documents({"etat.nature": "agent"}) == 2
    with (tmp_path / "lyon.rapport.csv").open(encoding="utf-8", newline="") as rapport:
        (anomalie,) = csv.DictReader(rapport)
    assert (anomalie["ligne"], anomalie["champ"]) == ("14", "carriere[0].echelon")
    assert anomalie["suite"] == "écartée"


def test_un_fichier_tronque_ne_charge_rien(
    fichier: Path, importe: Importe, mongo_database: MongoDatabase, capsys: pytest.CaptureFixture[str]
) -> None:
    fichier.write_bytes(fichier.read_bytes()[:-2000])
    assert importe(fichier) == 2
    assert mongo_database["personnes"].count_documents({}) == 0
    assert not fichier.with_suffix(".acceptees.ndjson").exists()
    assert "Rien n’a été chargé" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("jour", "mot"), [("2026-10-01", "pas encore possible"), ("2026-08-01", "plus récent")]
)
def test_un_autre_arrete_au_est_refuse_avec_sa_raison(
    jour: str,
    mot: str,
    fichier: Path,
    tmp_path: Path,
    importe: Importe,
    mongo_database: MongoDatabase,
    capsys: pytest.CaptureFixture[str],
) -> None:
    importe(fichier)
    avant = etats(mongo_database)
    contenu = extraits.lignes(13)
    autre = extraits.ecrire(
        tmp_path / "autre.ndjson", extraits.octets(contenu, extraits.en_tete(contenu, arrete_au=jour))
    )
    assert importe(autre) == 2
    assert mot in capsys.readouterr().out
    assert etats(mongo_database) == avant


def test_une_autre_cle_des_personnes_est_refusee(
    fichier: Path, importe: Importe, tmp_path: Path, mongo_database: MongoDatabase
) -> None:
    importe(fichier)
    autre = reglages(tmp_path / "autre")
    (tmp_path / "autre" / "personnes").write_bytes(b"une autre cle")
    assert importer(assembler(autre, mongo_database), [str(fichier)]) == 2


def test_les_evenements_suivent_leur_contrat_et_ne_portent_ni_nom_ni_numen(
    fichier: Path, importe: Importe, mongo_database: MongoDatabase
) -> None:
    importe(fichier)
    rows = [
        r for nom in ("personnes", "portefeuilles") for d in mongo_database[nom].find() for r in d["outbox"]
    ]
    assert len(rows) == 20
    for row in rows:
        contracts.validate_produced(row["evenement"])
    texte = json.dumps([row["evenement"] for row in rows])
    assert "Dupont" not in texte
    assert "BLX" not in texte


def test_le_rapport_et_les_lignes_acceptees_vont_ou_on_le_demande(
    fichier: Path, importe: Importe, tmp_path: Path
) -> None:
    ailleurs = tmp_path / "ailleurs"
    ailleurs.mkdir()
    options = ("--acceptees", str(ailleurs / "a.ndjson"), "--rapport", str(ailleurs / "r.csv"))
    assert importe(fichier, *options) == 0
    assert (ailleurs / "a.ndjson").stat().st_mode & 0o777 == 0o600
    assert len((ailleurs / "a.ndjson").read_text(encoding="utf-8").splitlines()) == 23
