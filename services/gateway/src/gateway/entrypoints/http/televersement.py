"""Files of a form, sent to the service that owns them before the command that cites them."""

from flask import request
from werkzeug.datastructures import FileStorage

from chassis.errors import DonneesInvalides, ErreurApplicative, Indisponible
from chassis.files.port import MAX_SIZE
from chassis.security.client import ServiceClient
from gateway.application.saisie import Erreur, Saisie

SEVERAL_FILES = 5 * MAX_SIZE


def upload_all(saisie: Saisie, owner: ServiceClient, agent: str, usages: dict[str, str]) -> list[Erreur]:
    """Deposits every new file; one refused says why, the others are kept.

    `usages` gives the usage of each input name (`piece_acte` → `acte`).
    """
    errors = []
    for name, usage in usages.items():
        for given in request.files.getlist(name):
            if given.filename:
                errors += _upload(saisie, owner, agent, name, usage, given)
    return errors


def usages_of(pieces: list[dict[str, str]]) -> dict[str, str]:
    return {f"piece_{piece['usage']}": piece["usage"] for piece in pieces}


def _upload(
    saisie: Saisie, owner: ServiceClient, agent: str, name: str, usage: str, given: FileStorage
) -> list[Erreur]:
    kind = given.mimetype or "application/octet-stream"
    try:
        answer = owner.upload(
            "/pieces", (given.filename or "", given.stream, kind), {"agent": agent, "usage": usage}
        )
    except Indisponible:
        raise
    except ErreurApplicative as refusal:
        return [{"champ": name, "message": f"« {given.filename} » n’a pas été gardé. {_why(refusal)}"}]
    saisie.joindre(usage, answer.json())
    return []


def _why(refusal: ErreurApplicative) -> str:
    if isinstance(refusal, DonneesInvalides) and refusal.erreurs:
        return refusal.erreurs[0].message
    return refusal.message
