"""The configuration of a process under test."""

import os
from pathlib import Path
from unittest.mock import patch

from identity.config import Configuration, configuration

MOT_DE_PASSE = "mot-de-passe-de-demonstration"


def reglages(dossier: Path, **variables: str) -> Configuration:
    """Of the demonstration profile unless told otherwise, with its secrets in `dossier`."""
    dossier.mkdir(parents=True, exist_ok=True)
    for nom in ("audit", "personnes"):
        (dossier / nom).write_bytes(f"cle de {nom} pour les essais".encode())
    (dossier / "demo").write_text(MOT_DE_PASSE, encoding="utf-8")
    donnees = {
        "IPROF_PROFIL": "demonstration",
        "MONGO_URL": "mongodb://127.0.0.1:1",
        "KEYCLOAK_URL": "http://127.0.0.1:1",
        "CLE_AUDIT_FILE": str(dossier / "audit"),
        "CLE_PERSONNES_FILE": str(dossier / "personnes"),
        "DEMO_MOT_DE_PASSE_FILE": str(dossier / "demo"),
        "COMPTES_DEMO_FILE": str(dossier / "comptes.json"),
        **variables,
    }
    with patch.dict(os.environ, donnees):
        return configuration()
