"""Which courriel an account may have: a plausible one, that no account before it has."""

import re

FORME = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")


class Courriels:
    """Remembers the ones given so far, in the order of the file."""

    def __init__(self) -> None:
        self._donnes: set[str] = set()

    def defaut(self, courriel: str | None) -> str | None:
        """Takes this courriel; a French reason when the account must do without."""
        if not courriel:
            return None
        normal = courriel.strip().lower()
        if not FORME.match(normal):
            return "Ce courriel n’a pas la forme d’une adresse : le compte n’en aura pas."
        if normal in self._donnes:
            return "Ce courriel est déjà celui d’un autre compte : le second n’en aura pas."
        self._donnes.add(normal)
        return None

    def attribuer(self, courriel: str | None) -> str | None:
        """The courriel the account gets, in lower case."""
        return courriel.strip().lower() if courriel and self.defaut(courriel) is None else None
