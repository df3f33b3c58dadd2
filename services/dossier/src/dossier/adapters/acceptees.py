"""The accepted lines of an extract, as identity left them: read twice, never held in memory."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from dossier.adapters.extrait import etablissement_nomme


class FichierRefuse(Exception):
    """The file is not what identity leaves; the text says why."""


@dataclass(frozen=True)
class Apercu:
    """What the first reading finds. `etablissements`: UAI → name and town."""

    academie: str
    base: str
    arrete_au: date
    agents: int
    etablissements: Mapping[str, str]


def apercu(chemin: Path) -> Apercu:
    """Raises FichierRefuse, or OSError when it cannot be read."""
    lignes = lire(chemin)
    entete = next(lignes, {})
    if entete.get("type") != "extrait" or entete.get("version") != 1:
        raise FichierRefuse("La première ligne n’est pas l’en-tête d’un extrait accepté.")
    agents, etablissements = 0, {}
    for ligne in lignes:
        if ligne["type"] == "agent":
            agents += 1
        elif ligne["type"] == "etablissement":
            etablissements[ligne["uai"]] = etablissement_nomme(ligne)
    return Apercu(
        entete["academie"], entete["base"], date.fromisoformat(entete["arrete_au"]), agents, etablissements
    )


def agents(chemin: Path) -> Iterator[Mapping[str, Any]]:
    return (ligne for ligne in lire(chemin) if ligne["type"] == "agent")


def lire(chemin: Path) -> Iterator[dict[str, Any]]:
    """Raises FichierRefuse on a line that is not a JSON object with a type."""
    with chemin.open(encoding="utf-8") as fichier:
        for numero, texte in enumerate(fichier, 1):
            try:
                ligne = json.loads(texte)
                ligne["type"]
            except (ValueError, TypeError, KeyError):
                raise FichierRefuse(f"La ligne {numero} n’est pas une ligne d’extrait.") from None
            yield ligne
