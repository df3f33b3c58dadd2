"""How often one caller may do what costs. Kept in memory: a ceiling per process, not a quota."""

from flask import g, request
from flask_limiter import Limiter


def _caller() -> str:
    acteur = g.get("acteur")
    return acteur.id if acteur is not None else (request.remote_addr or "inconnu")


LIMITER = Limiter(key_func=_caller, storage_uri="memory://", strategy="fixed-window")
"""`@LIMITER.limit(UPLOADS)` on a view."""

UPLOADS = "60 per minute"
SEARCHES = "120 per minute"
# A whole school behind one address signs in at eight o'clock.
SIGN_INS = "120 per minute"
