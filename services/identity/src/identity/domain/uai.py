"""The number of an établissement: seven digits and a letter that checks them."""

import re

FORME = re.compile(r"^[0-9]{7}[A-Z]$")
CLES = "ABCDEFGHJKLMNPRSTUVWXYZ"


def est_valide(uai: str) -> bool:
    return FORME.match(uai) is not None and uai[-1] == cle(uai[:-1])


def cle(chiffres: str) -> str:
    """The check letter of seven digits."""
    return CLES[int(chiffres) % len(CLES)]
