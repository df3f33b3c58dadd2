"""A small extract of one's own, and every way to dirty it."""

import copy
import json
from pathlib import Path
from typing import Any

Ligne = dict[str, Any]
UAI = "0690035N"
AUTRE_UAI = "0690554C"


def etablissement(uai: str = UAI, **champs: Any) -> Ligne:
    return {
        "type": "etablissement", "uai": uai, "denomination": "Lycée des Essais", "nature": "LYC",
        "commune": "Lyon", "code_postal": "69008", "departement": "069", **champs,
    }  # fmt: skip


def personnel(matricule: str = "P1", nom: str = "Perrin", prenom: str = "Sylvie", **champs: Any) -> Ligne:
    return {
        "type": "personnel", "matricule": matricule, "nom": nom, "prenom": prenom,
        "courriel": f"{matricule.lower()}@exemple.invalid", "roles": ["gestionnaire"], "service": "DPE 2",
        **champs,
    }  # fmt: skip


def portefeuille(code: str = "DPE2-ANGLAIS", **champs: Any) -> Ligne:
    return {
        "type": "portefeuille", "code": code, "libelle": "Anglais", "service": "DPE 2",
        "corps": ["certifie", "agrege"], "disciplines": ["L0422"], "initiales": ["A", "Z"],
        "gestionnaires": ["P1"], **champs,
    }  # fmt: skip


def agent(
    rang: int = 1, nom: str = "Dupont", prenom: str = "René", discipline: str | None = "L0422", **champs: Any
) -> Ligne:
    return {
        "type": "agent",
        "numen": f"10E09{rang:05d}BLX",
        "etat_civil": {
            "civilite": "M", "nom_usage": nom, "nom_famille": nom, "prenoms": [prenom],
            "date_naissance": "1977-03-01", "lieu_naissance": "Lyon", "departement_naissance": "069",
            "nationalite": "FR",
        },
        "coordonnees": {
            "adresse": ["80, rue des Essais"], "code_postal": "69008", "commune": "Lyon", "pays": "FR",
            "telephone": "+33600000000", "courriel": f"agent{rang}@exemple.invalid",
        },
        "coordonnees_bancaires": {"iban": "FR7630006000011234567890189", "titulaire": f"{prenom} {nom}"},
        "situation_familiale": {"etat": "celibataire", "depuis": None, "conjoint": None},
        "enfants": [],
        "discipline": discipline,
        "carriere": [
            {
                "corps": "certifie", "grade": "CN", "echelon": 9, "date_effet": "2024-09-01",
                "mode": "anciennete", "reliquat_jours": 0,
            }
        ],
        "affectations": [
            {"uai": UAI, "nature": "poste", "modalite": "definitive", "debut": "2020-09-01", "fin": None}
        ],
        "positions": [{"position": "activite", "debut": "2009-09-01", "fin": None}],
        "modalites_service": [
            {"modalite": "temps_complet", "quotite": 100, "debut": "2009-09-01", "fin": None}
        ],
        "conges": [],
        "appreciations": [],
        "diplomes": [],
        "anciennete": {"services_generaux_depuis": "2009-09-01", "corps_depuis": "2009-09-01",
                       "services_auxiliaires_mois": 0},
        "distinctions": [],
        **champs,
    }  # fmt: skip


def lignes(agents: int = 3) -> list[Ligne]:
    return [
        etablissement(),
        etablissement(AUTRE_UAI),
        personnel(),
        personnel("P2", "Benali", "Karim"),
        personnel("P3", "Chevalier", "Béatrice", roles=["responsable"]),
        personnel("P4", "Diallo", "Omar", roles=["administrateur"], service="DSI"),
        personnel("P5", "Mahe", "Jeanne", roles=["chef-etablissement"], uai=UAI),
        personnel("P6", "Bazin", "Hortense", roles=["inspecteur"], disciplines=["L0422"]),
        portefeuille(),
        portefeuille("DPE3-MATHS", libelle="Maths", disciplines=["L1300"], gestionnaires=["P2"]),
        *(agent(rang) for rang in range(1, agents + 1)),
    ]


def en_tete(contenu: list[Ligne], **champs: Any) -> Ligne:
    natures = ("etablissement", "personnel", "portefeuille", "agent")
    return {
        "type": "extrait", "version": 1, "base": "EPP", "academie": "10", "libelle": "Lyon",
        "arrete_au": "2026-09-01",
        "lignes": {nature: sum(ligne["type"] == nature for ligne in contenu) for nature in natures},
        **champs,
    }  # fmt: skip


def octets(contenu: list[Ligne], tete: Ligne | None = None) -> list[bytes]:
    """One line per element, header first, each with its end of line."""
    tete = tete or en_tete(contenu)
    return [json.dumps(ligne, ensure_ascii=False).encode() + b"\n" for ligne in [tete, *contenu]]


def ecrire(chemin: Path, contenu: list[bytes]) -> Path:
    chemin.write_bytes(b"".join(contenu))
    return chemin


def change(ligne: Ligne, chemin: str, valeur: Any) -> Ligne:
    """A copy where the value at `carriere.0.echelon` is another one."""
    copie = copy.deepcopy(ligne)
    *parents, dernier = [int(part) if part.isdigit() else part for part in chemin.split(".")]
    place: Any = copie
    for part in parents:
        place = place[part]
    place[dernier] = valeur
    return copie
