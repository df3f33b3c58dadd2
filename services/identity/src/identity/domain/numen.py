"""The NUMEN: thirteen characters whose form alone can be checked (domaine §2.1)."""

import re

FORME = re.compile(r"^([0-9]{2})[A-Z][0-9]{2}[0-9]{5}[A-Z]{3}$")


def est_bien_forme(numen: str, academies: frozenset[str]) -> bool:
    """The letter in third place is an open list; the académie of registration is not."""
    forme = FORME.match(numen)
    return forme is not None and forme.group(1) in academies


def masque(numen: str) -> str:
    """The only form that is ever shown: `10E09•••••BLX`."""
    return f"{numen[:5]}•••••{numen[-3:]}"
