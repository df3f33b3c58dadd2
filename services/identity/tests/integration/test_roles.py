"""Identity as it runs: its relay on a real Kafka, its process as the supervisor starts it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

import pytest
from identity.bootstrap import Identity, assembler, preparer_les_index
from identity.config import Configuration
from identity.entrypoints.importer import importer

import contracts
from chassis.kafka import KafkaSource, ensure_topics
from chassis.mongo.connection import MongoDatabase
from services.identity.tests import extraits
from services.identity.tests.reglages import reglages

pytestmark = pytest.mark.serveur
TOPICS = ("identity.agents", "identity.portefeuilles")


@pytest.fixture
def configuration(tmp_path: Path, kafka_url: str) -> Configuration:
    ensure_topics(kafka_url, TOPICS, partitions=2, configs={"cleanup.policy": "compact"})
    return reglages(tmp_path, KAFKA_URL=kafka_url)


def test_le_relais_rend_chaque_evenement_a_kafka_et_vide_les_documents(
    identity: Identity,
    importe: Callable[..., int],
    tmp_path: Path,
    kafka_url: str,
    mongo_database: MongoDatabase,
) -> None:
    importe(extraits.ecrire(tmp_path / "lyon.ndjson", extraits.octets(extraits.lignes(5))))
    attendus = set(mongo_database["personnes"].distinct("_id"))
    stop = Event()
    relais = Thread(target=identity.relais().run, args=(stop,))
    relais.start()
    source = KafkaSource(kafka_url, f"essai.{mongo_database.name}", TOPICS, heartbeat_ms=300)
    recus: dict[str, dict[str, object]] = {}
    try:
        for _ in range(60):
            for record in source.poll(0.5):
                wire = json.loads(record.value or b"null")
                contracts.validate_consumed(wire)
                recus[wire["subject"]] = wire
            if attendus | {"10.DPE2-ANGLAIS", "10.DPE3-MATHS"} <= recus.keys():
                break
    finally:
        source.close()
        stop.set()
        relais.join(20)
    assert attendus <= recus.keys()
    assert mongo_database["personnes"].count_documents({"outbox": {"$ne": []}}) == 0
    assert mongo_database["journal"].count_documents({}) == 13
    journal = identity.journal.events_since("personne", next(iter(attendus)), 0)
    assert [evenement["seq"] for evenement in journal] == [1]


def test_l_import_se_lance_comme_le_fait_la_commande_et_dit_ce_qu_il_a_fait(
    tmp_path: Path, mongo_url: str, mongo_database: MongoDatabase
) -> None:
    fichier = extraits.ecrire(tmp_path / "lyon.ndjson", extraits.octets(extraits.lignes(3)))
    reglages(tmp_path)
    environnement = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "MONGO_URL": mongo_url,
        "MONGO_BASE": mongo_database.name,
        "KEYCLOAK_URL": "http://127.0.0.1:1",
        "CLE_AUDIT_FILE": str(tmp_path / "audit"),
        "CLE_PERSONNES_FILE": str(tmp_path / "personnes"),
    }
    fini = subprocess.run(
        [sys.executable, "-m", "identity", "importer", str(fichier)],
        env=environnement,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert fini.returncode == 0, fini.stderr
    assert "9 personnes nouvelles" in fini.stdout
    assert "Dupont" not in fini.stdout + fini.stderr
    assert mongo_database["personnes"].count_documents({}) == 9


def test_deux_chargements_a_la_fois_donnent_a_chacun_un_seul_identifiant(
    mongo_database: MongoDatabase, configuration: Configuration, tmp_path: Path
) -> None:
    preparer_les_index(mongo_database)
    codes: list[int] = []

    def charger(nom: str) -> None:
        fichier = extraits.ecrire(tmp_path / f"{nom}.ndjson", extraits.octets(extraits.lignes(40)))
        codes.append(importer(assembler(configuration, mongo_database), [str(fichier)]))

    ensemble = [Thread(target=charger, args=(nom,)) for nom in ("un", "deux")]
    for chargement in ensemble:
        chargement.start()
    for chargement in ensemble:
        chargement.join(60)
    assert codes == [0, 0]
    noms = [d["etat"]["identifiant"] for d in mongo_database["personnes"].find({"etat.nature": "agent"})]
    assert len(noms) == len(set(noms)) == 40
    assert mongo_database["identifiants"].count_documents({}) == 46
