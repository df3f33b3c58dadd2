"""What a person writes: plain text, of a reasonable length."""

import re
from collections.abc import Sequence

from chassis.errors import DonneesInvalides, ErreurDeChamp

SUJET_MAX = 120
TEXTE_MAX = 5000
PIECES_MAX = 5
INVISIBLES = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def lire_sujet(sujet: str) -> str:
    """One line. Raises DonneesInvalides."""
    propre = " ".join(sujet.split())
    _exiger("sujet", propre, SUJET_MAX, "Donnez un sujet à votre message.")
    return propre


def lire_texte(texte: str) -> str:
    """Raises DonneesInvalides."""
    propre = texte.replace("\r\n", "\n").strip()
    _exiger("texte", propre, TEXTE_MAX, "Écrivez votre message.")
    return propre


def verifier_nombre_de_pieces(refs: Sequence[str]) -> None:
    """Raises DonneesInvalides."""
    if len(refs) > PIECES_MAX:
        raise _erreur("pieces", f"{PIECES_MAX} fichiers au plus par message.")


def _exiger(champ: str, texte: str, maximum: int, si_vide: str) -> None:
    if not texte:
        raise _erreur(champ, si_vide)
    if len(texte) > maximum:
        raise _erreur(champ, f"C’est trop long : {maximum} caractères au plus ({len(texte)} écrits).")
    if INVISIBLES.search(texte):
        raise _erreur(champ, "Ce texte contient un caractère qui ne s’affiche pas : écrivez-le de nouveau.")


def _erreur(champ: str, message: str) -> DonneesInvalides:
    return DonneesInvalides([ErreurDeChamp(champ, message)])
