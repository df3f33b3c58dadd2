"""What was typed into a form that could not be taken, kept until its owner is back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

KEPT = timedelta(minutes=30)
NOT_KEPT = frozenset({"csrf_token"})
MACHINERIE = NOT_KEPT | {"cle", "rev", "action", "commande"}
LARGEST = 200_000

Champs = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class FormulaireGarde:
    """The fields as they were sent to `chemin`; only `personne_id` gets them back."""

    id: str
    personne_id: str
    chemin: str
    champs: Champs = field(repr=False)
    expire_le: datetime


class FormulairesGardes(Protocol):
    def keep(self, formulaire: FormulaireGarde) -> None: ...

    def get(self, id: str, personne_id: str, now: datetime) -> FormulaireGarde | None:
        """None unless it is this person's and still within its thirty minutes."""
        ...

    def drop(self, id: str) -> None: ...


def a_garder(id: str, personne_id: str, chemin: str, champs: Champs, now: datetime) -> FormulaireGarde:
    kept = {nom: list(valeurs) for nom, valeurs in champs.items() if nom not in NOT_KEPT}
    return FormulaireGarde(id, personne_id, chemin, kept, now + KEPT)


def rempli(champs: Champs) -> bool:
    """Whether somebody typed something, besides what the page itself put in the form."""
    return any(any(valeurs) for nom, valeurs in champs.items() if nom not in MACHINERIE)


def trop_grand(champs: Champs) -> bool:
    return sum(len(valeur) for valeurs in champs.values() for valeur in valeurs) > LARGEST
