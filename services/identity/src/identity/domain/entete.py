"""The header of an extract, and whether the file is the one it announces."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

VERSION = 1
TYPES = ("etablissement", "personnel", "portefeuille", "agent")


class FichierRefuse(Exception):
    """The file as a whole cannot be trusted: nothing of it is loaded. `str()` is a French sentence."""


@dataclass(frozen=True)
class EnTete:
    base: str
    academie: str
    libelle: str
    arrete_au: date
    lignes: Mapping[str, int]

    @classmethod
    def lire(cls, ligne: Mapping[str, Any]) -> "EnTete":
        """The line has already been checked against the contract of the extract."""
        return cls(
            base=ligne["base"],
            academie=ligne["academie"],
            libelle=ligne["libelle"],
            arrete_au=date.fromisoformat(ligne["arrete_au"]),
            lignes={nature: ligne["lignes"].get(nature, 0) for nature in TYPES},
        )

    @property
    def total(self) -> int:
        return sum(self.lignes.values())

    def verifier_comptes(self, lues: Mapping[str, int], illisibles: int) -> None:
        """A line nobody can read may stand for one that is missing; never for a surplus.

        Raises FichierRefuse.
        """
        ecarts = {nature: self.lignes[nature] - lues.get(nature, 0) for nature in TYPES}
        manquantes = sum(ecart for ecart in ecarts.values() if ecart > 0)
        if manquantes <= illisibles and min(ecarts.values()) >= 0:
            return
        detail = ", ".join(
            f"{nature} : {self.lignes[nature]} annoncées, {lues.get(nature, 0)} trouvées"
            for nature, ecart in ecarts.items()
            if ecart
        )
        raise FichierRefuse(f"Le fichier ne contient pas les lignes que son en-tête annonce ({detail}).")


def verifier_suite(academie: str, connu: date | None, arrete_au: date) -> None:
    """Only a first extract, or the same one again. Raises FichierRefuse."""
    if connu is None or connu == arrete_au:
        return
    if arrete_au > connu:
        raise FichierRefuse(
            f"L’extrait du {connu:%d/%m/%Y} est déjà chargé pour l’académie {academie}. "
            "Le rapprochement avec un extrait plus récent n’est pas encore possible."
        )
    raise FichierRefuse(
        f"Un extrait plus récent, arrêté au {connu:%d/%m/%Y}, est déjà chargé pour l’académie {academie}."
    )
