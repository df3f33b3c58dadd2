"""The service over a real MongoDB wire, with keys and an extract of its own."""

import json
from pathlib import Path
from typing import Any

import pytest
from dossier.bootstrap import Service, assembler
from dossier.config import Configuration

from chassis.config import Settings
from chassis.mongo.connection import MongoDatabase

ENTETE = {
    "type": "extrait",
    "version": 1,
    "base": "EPP",
    "academie": "10",
    "libelle": "Lyon",
    "arrete_au": "2026-09-01",
    "lignes": {"agent": 3},
}
ECOLE = {
    "type": "etablissement",
    "uai": "0693013A",
    "denomination": "Collège Chantal Mary",
    "commune": "Étienne-la-Forêt",
}


def reglages(tmp_path: Path, kafka_url: str = "") -> Settings:
    audit = tmp_path / "audit"
    audit.write_text("une clé d’audit pour les essais")
    return Settings(
        service="dossier",
        profil="demonstration",
        hote="127.0.0.1",
        port=0,
        port_intendance=None,
        mongo_url="",
        mongo_base="",
        kafka_url=kafka_url,
        keycloak_url="http://127.0.0.1:9",
        keycloak_royaume="iprof",
        client_id="iprof-dossier",
        client_secret_file=None,
        cle_audit_file=audit,
        clamd_url=None,
        identity_url="",
        dossier_url="",
        cv_url="http://127.0.0.1:9",
        courrier_url="",
        gateway_url="",
    )


def assembler_sur(base: MongoDatabase, tmp_path: Path, cle: str = "cle", kafka_url: str = "") -> Service:
    fichier = tmp_path / f"personnes-{cle}"
    fichier.write_text(f"une clé des personnes pour les essais : {cle}")
    return assembler(Configuration(reglages(tmp_path, kafka_url), fichier), base)


@pytest.fixture
def service(mongo_database: MongoDatabase, tmp_path: Path) -> Service:
    return assembler_sur(mongo_database, tmp_path)


@pytest.fixture
def ecrire_acceptees(tmp_path: Path, ligne_agent: Any) -> Any:
    """`ecrire_acceptees(numens, arrete_au=…)` → the path of an accepted-lines file."""

    def ecrire(numens: list[str], **entete: Any) -> Path:
        chemin = tmp_path / "acceptees.ndjson"
        lignes = [
            {**ENTETE, **entete},
            ECOLE,
            *({**ligne_agent, "type": "agent", "numen": n} for n in numens),
        ]
        chemin.write_text("".join(json.dumps(ligne, ensure_ascii=False) + "\n" for ligne in lignes))
        return chemin

    return ecrire


@pytest.fixture
def autre_service(mongo_database: MongoDatabase, tmp_path: Path) -> Any:
    """The same base under another key of persons."""
    return lambda cle: assembler_sur(mongo_database, tmp_path, cle)
