"""The administrative file as its agent (or her gestionnaire) reads it."""

from collections.abc import Mapping, Sequence
from typing import Any

from gateway.application.vues.libelles import Libelles
from gateway.application.vues.personnes import Noms, Vue

SANS_GROUPE = "Votre dossier"
KEPT = (
    "code",
    "libelle",
    "signaler",
    "a_jour_au",
    "origine",
    "etat",
    "manques",
    "resume",
    "demandes_en_cours",
)


def dossier(data: Mapping[str, Any], libelles: Libelles) -> Vue:
    return {
        "a_jour_au": data["a_jour_au"],
        "completude": data["completude"],
        "groupes": groupes(data["rubriques"], libelles),
    }


def groupes(rubriques: Sequence[Mapping[str, Any]], libelles: Libelles) -> list[Vue]:
    """Rubriques under their heading, both in the order the service gives them."""
    found: dict[str, list[Vue]] = {}
    for rubrique in rubriques:
        definition = libelles.dossier.get(rubrique["code"], {})
        titre = rubrique.get("groupe") or definition.get("groupe") or SANS_GROUPE
        found.setdefault(titre, []).append(_ligne(rubrique))
    return [{"titre": titre, "rubriques": lines} for titre, lines in found.items()]


def rubrique(data: Mapping[str, Any], definition: Mapping[str, Any], noms: Noms) -> Vue:
    """One rubrique with its history."""
    return {
        **_ligne(data),
        "description": definition.get("description") or "",
        "entrees": [_entree(entree, noms) for entree in data["entrees"]],
    }


def _ligne(rubrique: Mapping[str, Any]) -> Vue:
    line = {name: rubrique.get(name) for name in KEPT}
    line["manques"] = [m["libelle"] if isinstance(m, Mapping) else m for m in rubrique.get("manques") or ()]
    line["demandes_en_cours"] = rubrique.get("demandes_en_cours") or []
    return line


def _entree(entree: Mapping[str, Any], noms: Noms) -> Vue:
    decision = entree.get("decision")
    return {
        **entree,
        "decision": {**decision, "par": noms.personne(decision.get("par"))} if decision else None,
    }
