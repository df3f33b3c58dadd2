"""The whole public state of a person and of a portefeuille, as the other services keep a copy of it."""

import re
from typing import Any

from identity.domain.personne import Personne
from identity.domain.portefeuille import Portefeuille


def de_la_personne(personne: Personne) -> dict[str, Any]:
    situation = personne.situation
    return {
        "personne_id": personne.id,
        "nature": personne.nature,
        "academie": personne.academie,
        "roles": list(personne.roles),
        "corps": situation.corps,
        "discipline": situation.discipline,
        "etablissement": situation.etablissement,
        "disciplines_suivies": list(situation.disciplines_suivies),
        "portefeuille_id": personne.portefeuille_id,
        "compte_actif": personne.compte_actif,
    }


def du_portefeuille(portefeuille: Portefeuille) -> dict[str, Any]:
    return {
        "portefeuille_id": portefeuille.id,
        "academie": portefeuille.academie,
        "service_code": code_de_service(portefeuille.service),
        "corps": list(portefeuille.corps),
        "disciplines": list(portefeuille.disciplines),
        "initiales": [borne.upper() for borne in portefeuille.initiales],
        "titulaire": portefeuille.titulaire,
        "gestionnaires": list(portefeuille.gestionnaires),
        "suppleances": [
            {"personne_id": s.personne_id, "du": s.du.isoformat(), "au": s.au.isoformat()}
            for s in portefeuille.suppleances
        ],
    }


def code_de_service(service: str) -> str:
    """« DPE 2 » → `DPE-2`: a code may travel, a label may not."""
    return re.sub(r"[^A-Za-z0-9_.-]+", "-", service).strip("-") or "service"
