"""The public reference of a request: derived from its id, so that no counter is needed."""

from uuid import UUID

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LONGUEUR = 6


def reference(changement_id: str, trigramme: str, annee: int) -> str:
    """For example `LYO-2026-7KQ2MD`: no character that is mistaken for another (no 0, O, 1, I, L, U)."""
    return f"{trigramme}-{annee}-{_code(UUID(changement_id).int)}"


def _code(nombre: int) -> str:
    lettres = []
    for _ in range(LONGUEUR):
        nombre, reste = divmod(nombre, len(ALPHABET))
        lettres.append(ALPHABET[reste])
    return "".join(lettres)
