"""What the lines of an extract say of each other: names given once, names used before or after."""

from collections import defaultdict
from collections.abc import Iterator

ETABLISSEMENT = "etablissement"
GESTIONNAIRE = "gestionnaire"
RAISONS = {
    ETABLISSEMENT: "Cet établissement n’est pas dans l’extrait.",
    GESTIONNAIRE: "Ce matricule n’est pas celui d’un gestionnaire de l’extrait.",
}
DOUBLONS = {
    "etablissement": ("uai", "Cet établissement est déjà décrit plus haut."),
    "personnel": ("matricule", "Ce matricule est déjà décrit plus haut."),
    "portefeuille": ("code", "Ce portefeuille est déjà décrit plus haut."),
    "agent": ("numen", "Ce NUMEN est déjà porté par un agent décrit plus haut."),
}


class References:
    """Only what is used before it is defined is remembered, so that memory stays flat."""

    def __init__(self) -> None:
        self._definis: dict[str, set[str]] = defaultdict(set)
        self._attendus: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)

    def definir(self, nature: str, cle: str) -> bool:
        """False when it is defined already."""
        if cle in self._definis[nature]:
            return False
        self._definis[nature].add(cle)
        return True

    def citer(self, nature: str, cle: str, numero: int, champ: str) -> None:
        if cle not in self._definis[nature]:
            self._attendus[nature, cle].append((numero, champ))

    def inconnues(self) -> Iterator[tuple[int, str, str]]:
        """Line, field and French reason of each name nobody gave, once the whole file is read."""
        for (nature, cle), citations in self._attendus.items():
            if cle not in self._definis[nature]:
                for numero, champ in citations:
                    yield numero, champ, RAISONS[nature]
