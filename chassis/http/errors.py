"""Refusals as problem+json. The only table that knows both an error and its status."""

from collections.abc import Callable, Mapping
from typing import Any

import structlog
from flask import Flask, Response, current_app, g, json
from werkzeug.exceptions import HTTPException

from chassis.errors import (
    CleReutilisee,
    Conflit,
    DonneesInvalides,
    ErreurApplicative,
    EtatPerime,
    Indisponible,
    Interdit,
    Introuvable,
    Transitoire,
)
from chassis.files.port import PieceTropLourde
from chassis.http.translations import field_errors
from chassis.logging import log_failure
from chassis.security.errors import NonAuthentifie, RequeteMalFormee, TropDeDemandes

log = structlog.get_logger()

PROBLEM_JSON = "application/problem+json"
PresentItem = Callable[[Any, str], Mapping[str, Any]]


STATUTS: Mapping[type[Exception], int] = {
    RequeteMalFormee: 400,
    NonAuthentifie: 401,
    Interdit: 403,
    Introuvable: 404,
    Conflit: 409,
    EtatPerime: 412,
    PieceTropLourde: 413,
    DonneesInvalides: 422,
    CleReutilisee: 422,
    TropDeDemandes: 429,
    Indisponible: 503,
    Transitoire: 503,
}
TITRES: Mapping[int, str] = {
    400: "Requête mal formée",
    401: "Connexion nécessaire",
    403: "Acte non ouvert à votre rôle",
    404: "Page introuvable",
    405: "Acte non prévu ici",
    409: "Acte impossible dans l’état actuel",
    412: "La demande a changé entre-temps",
    413: "Envoi trop volumineux",
    415: "Format non pris en charge",
    422: "Réponses à revoir",
    429: "Trop de demandes",
    500: "Erreur de notre côté",
    503: "Service momentanément indisponible",
}
PHRASES: Mapping[int, str] = {
    400: "La requête n’a pas la forme attendue.",
    404: "Cette page n’existe pas ou ne vous est pas ouverte.",
    405: "Cet acte n’est pas prévu à cette adresse.",
    413: "Cet envoi est trop volumineux. Un fichier peut peser 10 Mo au plus.",
    415: "Ce format n’est pas pris en charge.",
    422: "Certaines réponses sont à revoir.",
    429: "Vous avez fait beaucoup de demandes en peu de temps. Attendez une minute, puis réessayez.",
    500: "Une erreur s’est produite de notre côté. Rien n’a été perdu : réessayez dans un instant.",
    503: "Le service ne répond pas pour l’instant. Réessayez dans quelques minutes.",
}


def register_errors(
    app: Flask, erreurs: Mapping[type[Exception], int], present_item: PresentItem | None
) -> None:
    """Every refusal of this app leaves as problem+json. `erreurs` adds to `STATUTS` or overrides it."""
    table = {**STATUTS, **erreurs}

    def refused(error: ErreurApplicative) -> Response:
        return _refusal(error, _status_of(error, table), present_item)

    app.register_error_handler(ErreurApplicative, refused)
    app.register_error_handler(Transitoire, lambda _: problem(503, "indisponible"))
    app.register_error_handler(Exception, _unexpected)


def problem(
    status: int,
    code: str,
    detail: str | None = None,
    *,
    erreurs: list[dict[str, str]] | None = None,
    headers: Mapping[str, str] | None = None,
    **more: Any,
) -> Response:
    """One refusal on the wire. `more` are extension members."""
    body = {
        "type": f"urn:iprof:erreur:{code}",
        "title": TITRES.get(status, "Demande refusée"),
        "status": status,
        "detail": detail or PHRASES.get(status, "La demande n’a pas pu être traitée."),
        "erreurs": erreurs or [],
        "correlation": g.get("correlation", ""),
        **more,
    }
    return Response(json.dumps(body), status, headers, content_type=PROBLEM_JSON)


def http_problem(error: HTTPException) -> Response:
    """What Flask, webargs or the rate limiter refused."""
    status = error.code or 500
    if error.response is not None:
        status = error.response.status_code
    messages = getattr(error, "data", {}).get("messages", {})
    located = messages.values() if isinstance(messages, Mapping) else ()
    found = [vars(e) for part in located for e in field_errors(part)]
    return problem(status, _code_of(status), erreurs=found, headers=_kept_headers(error))


def _code_of(status: int) -> str:
    codes = {404: "introuvable", 413: "trop-volumineux", 422: "donnees-invalides", 429: "trop-de-demandes"}
    return codes.get(status, "requete-mal-formee" if status < 500 else "interne")


def _kept_headers(error: HTTPException) -> dict[str, str]:
    return {name: value for name, value in error.get_headers() if name in ("Allow", "Retry-After")}


def _status_of(error: Exception, table: Mapping[type[Exception], int]) -> int:
    return next((table[kind] for kind in type(error).__mro__ if kind in table), 422)


def _refusal(error: ErreurApplicative, status: int, present_item: PresentItem | None) -> Response:
    if isinstance(error, NonAuthentifie):
        log.info("acces.non_authentifie", motif=error.motif)
        return problem(status, error.code, error.message, headers={"WWW-Authenticate": "Bearer"})
    if isinstance(error, EtatPerime):
        return _stale(error, status, present_item)
    erreurs = [vars(e) for e in error.erreurs] if isinstance(error, DonneesInvalides) else None
    return problem(status, error.code, error.message, erreurs=erreurs)


def _stale(error: EtatPerime, status: int, present_item: PresentItem | None) -> Response:
    item = dict(present_item(error.agregat, error.item)) if present_item else {}
    return problem(
        status,
        error.code,
        error.message,
        headers={"ETag": f'"{error.rev}"'},
        item=item,
        rev=error.rev,
    )


def _unexpected(error: Exception) -> Response:
    if isinstance(error, HTTPException):
        return http_problem(error)
    log_failure(log, "requete.erreur_inattendue", error)
    if current_app.testing:
        raise error
    return problem(500, "interne")
