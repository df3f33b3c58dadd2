"""Which accounts get a known password in the demonstration profile."""

from collections.abc import Iterable

from identity.domain.personne import ENSEIGNANT

PREMIERS_AGENTS = 10
GESTIONNAIRE = "gestionnaire"


class Demonstration:
    """The first agents of the file, every gestionnaire, one of each other role; nobody when not `active`.

    Persons are shown in the order of the file, so that a second loading gives the same ranks.
    """

    def __init__(self, *, active: bool) -> None:
        self._active = active
        self._agents = 0
        self._roles_vus: set[str] = set()
        self._rang = 0

    def rang(self, roles: Iterable[str]) -> int | None:
        """The rank of this person among those accounts, None when hers is not one of them."""
        if not self._active or not self._retenue(frozenset(roles)):
            return None
        self._rang += 1
        return self._rang

    def _retenue(self, roles: frozenset[str]) -> bool:
        if ENSEIGNANT in roles:
            self._agents += 1
            return self._agents <= PREMIERS_AGENTS
        nouveaux = roles - self._roles_vus
        self._roles_vus |= roles
        return GESTIONNAIRE in roles or bool(nouveaux)
