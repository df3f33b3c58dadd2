"""How a person is named between services: a keyed hash, so that no NUMEN travels.

The key is never rotated and is backed up: identity and dossier keep its fingerprint from the first
load and refuse to start on another.
"""

import hashlib
import hmac
from uuid import UUID


def id_agent(cle: bytes, numen: str) -> str:
    """The `personne_id` of a teacher."""
    return _id(cle, f"agent:{numen}")


def id_personnel(cle: bytes, academie: str, matricule: str) -> str:
    """The `personne_id` of somebody of the administration."""
    return _id(cle, f"personnel:{academie}:{matricule}")


def id_portefeuille(academie: str, code: str) -> str:
    """`<académie>.<code>`, as in `10.DPE2-ANGLAIS`."""
    return f"{academie}.{code}"


def empreinte_de_cle(cle: bytes) -> str:
    """What may be stored to recognise the key without giving it away (hex)."""
    return hmac.new(cle, b"empreinte", hashlib.sha256).hexdigest()


def _id(cle: bytes, quoi: str) -> str:
    return str(UUID(bytes=hmac.new(cle, quoi.encode(), hashlib.sha256).digest()[:16], version=5))
