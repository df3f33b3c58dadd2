"""Who may act on whom, decided from the local copies of identity's two topics.

`agent` is the `data` of `identity.agent.situation.v1`, `portefeuille` that of
`identity.portefeuille.situation.v1`. Every service applies these same rules (architecture §7).
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

Agent = Mapping[str, Any]
Portefeuille = Mapping[str, Any]


def compte_actif(agent: Agent | None) -> bool:
    """An unknown or deactivated account does nothing."""
    return agent is not None and bool(agent.get("compte_actif"))


def suppleants(portefeuille: Portefeuille, jour: date) -> tuple[str, ...]:
    """The substitutes of a portefeuille on this day, in the order they were named."""
    return tuple(
        suppleance["personne_id"]
        for suppleance in portefeuille.get("suppleances", ())
        if suppleance["du"] <= jour.isoformat() <= suppleance["au"]
    )


def correspondant(portefeuille: Portefeuille, jour: date) -> str | None:
    """The person an agent of this portefeuille deals with on this day: the substitute, else the titular."""
    return next(iter(suppleants(portefeuille, jour)), portefeuille.get("titulaire"))


def tient(personne_id: str, portefeuille: Portefeuille, jour: date) -> bool:
    """Whether this person works on this portefeuille on this day, as titular or substitute."""
    return personne_id == portefeuille.get("titulaire") or personne_id in suppleants(portefeuille, jour)


def portefeuilles_de(personne_id: str, portefeuilles: Iterable[Portefeuille], jour: date) -> frozenset[str]:
    """The ids of the portefeuilles this person works on, on this day."""
    return frozenset(p["portefeuille_id"] for p in portefeuilles if tient(personne_id, p, jour))


def gere(personne_id: str, agent: Agent | None, portefeuille: Portefeuille | None, jour: date) -> bool:
    """Whether this gestionnaire may see and act on this agent. Unknown agent or portefeuille: nobody may."""
    if agent is None or portefeuille is None:
        return False
    same = agent.get("portefeuille_id") == portefeuille.get("portefeuille_id")
    return same and tient(personne_id, portefeuille, jour)
