"""Refusals a person can read. Each carries one French sentence that says what to do.

`chassis.http.errors` maps each class to its HTTP status; a service adds its own classes
by deriving from these, so the domain never knows about HTTP.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


class ErreurApplicative(Exception):
    """Base of everything refused on purpose. `message` is French, shown as it is."""

    code = "erreur"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class ErreurDeChamp:
    """One field that is wrong: its name in the form (`""` for the whole) and what to do."""

    champ: str
    message: str


class DonneesInvalides(ErreurApplicative):
    """The input does not hold (422). `erreurs` names each field."""

    code = "donnees-invalides"

    def __init__(
        self, erreurs: Sequence[ErreurDeChamp], message: str = "Certaines réponses sont à revoir."
    ) -> None:
        super().__init__(message)
        self.erreurs = tuple(erreurs)


class Introuvable(ErreurApplicative):
    """Nothing there, or nothing this person may know of (404)."""

    code = "introuvable"


class Interdit(ErreurApplicative):
    """The role does not allow this kind of act (403)."""

    code = "interdit"


class Conflit(ErreurApplicative):
    """The act is not possible in the present state (409)."""

    code = "conflit"


class CleReutilisee(ErreurApplicative):
    """The idempotency key was used with another content (422)."""

    code = "cle-reutilisee"


class EtatPerime(ErreurApplicative):
    """Somebody moved this very item first (412). `agregat` is its present state."""

    code = "etat-perime"

    def __init__(self, message: str, agregat: Any, item: str, rev: int) -> None:
        super().__init__(message)
        self.agregat = agregat
        self.item = item
        self.rev = rev


class Indisponible(ErreurApplicative):
    """Something this depends on does not answer; nothing was written (503)."""

    code = "indisponible"


class Transitoire(Exception):
    """A dependency is down for now: a consumer pauses and tries again. Never shown to a person."""
