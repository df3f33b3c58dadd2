"""Every refusal is a page of the house."""

from collections.abc import Mapping
from urllib.parse import quote, urlsplit

import structlog
from flask import Flask, current_app, redirect, request
from flask_wtf.csrf import CSRFError
from pymongo.errors import PyMongoError
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound
from werkzeug.routing import RequestRedirect
from werkzeug.wrappers import Response as AnyResponse

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
from chassis.logging import log_failure
from chassis.security.errors import NonAuthentifie, ServiceInjoignable
from gateway.application.formulaires import a_garder, rempli, trop_grand
from gateway.application.sessions import KeycloakMuet
from gateway.entrypoints.http.application import application
from gateway.entrypoints.http.gardes import ConnexionRequise, current_session
from gateway.entrypoints.http.pages import erreur, without_services
from gateway.entrypoints.http.sessions import SILENT_PATHS

log = structlog.get_logger()

ERREURS: Mapping[type[Exception], tuple[int, str]] = {
    Interdit: (403, "403"),
    Introuvable: (404, "404"),
    Conflit: (409, "409"),
    EtatPerime: (412, "412"),
    DonneesInvalides: (422, "422"),
    CleReutilisee: (422, "422"),
    ServiceInjoignable: (503, "service"),
    KeycloakMuet: (503, "keycloak"),
    Indisponible: (503, "503"),
    Transitoire: (503, "503"),
}
PAGES_CONNUES = frozenset({400, 401, 403, 404, 405, 409, 412, 413, 422, 429, 500, 503})
KEPT_SENTENCE = "Ce que vous aviez saisi est gardé 30 minutes : reconnectez-vous, vous le retrouverez."
KEPT_FOR_LATER = "Ce que vous aviez saisi est gardé 30 minutes."
FILES_LOST = " Les fichiers de ce dernier envoi sont à choisir de nouveau."

Answer = AnyResponse | tuple[str, int] | tuple[str, int, dict[str, str]]


def register_error_pages(app: Flask) -> None:
    app.register_error_handler(ConnexionRequise, sign_in_first)
    app.register_error_handler(NonAuthentifie, sign_in_first)
    app.register_error_handler(CSRFError, lambda error: erreur(400, "csrf"))
    app.register_error_handler(ErreurApplicative, refused)
    app.register_error_handler(Transitoire, refused)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(PyMongoError, store_down)
    app.register_error_handler(Exception, unexpected)


def refused(error: Exception) -> Answer:
    status, code = next((ERREURS[kind] for kind in type(error).__mro__ if kind in ERREURS), (422, "422"))
    message = getattr(error, "message", None)
    if status != 503:
        return erreur(status, code, message)
    address = _kept_address()
    actions = [{"libelle": "Retrouver votre saisie", "lien": address}] if address else []
    return erreur(503, code, garde=_kept_sentence(KEPT_FOR_LATER) if address else None, actions=actions)


def sign_in_first(error: Exception) -> Answer:
    """Off to sign in and back; what a late form held is kept for its owner."""
    if request.path.startswith(SILENT_PATHS):
        return "", 401
    if request.method in ("GET", "HEAD"):
        expired = "&expiree=1" if current_session().expired else ""
        return redirect(f"/connexion?retour={quote(_here())}{expired}")
    address = _kept_address()
    garde = _kept_sentence(KEPT_SENTENCE) if address else None
    back = quote(address or form_page(request.path))
    sign_in = {"libelle": "Se connecter", "lien": f"/connexion?retour={back}&expiree=1"}
    without_services()
    return erreur(401, "session", garde=garde, actions=[sign_in])


def form_page(path: str) -> str:
    """The page whose form posts to this address: itself, or the nearest page above it."""
    while path not in ("", "/"):
        if _opens(path):
            return path
        path = path.rsplit("/", 1)[0]
    return "/bureau"


def http_error(error: HTTPException) -> Answer:
    if isinstance(error, RequestRedirect) or error.code is None or error.code < 400:
        return error.get_response()
    status = error.code if error.code in PAGES_CONNUES else 400
    return erreur(status)


def store_down(error: Exception) -> Answer:
    log_failure(log, "page.base_muette", error)
    without_services()
    return erreur(503)


def unexpected(error: Exception) -> Answer:
    log_failure(log, "page.erreur_inattendue", error)
    if current_app.testing and current_app.config.get("PROPAGATE_EXCEPTIONS"):
        raise error
    without_services()
    return erreur(500)


def same_origin() -> bool:
    """Whether this form comes from one of our own pages, as the browser says."""
    given = request.headers.get("Origin")
    return given is not None and given == _origin(application().settings.base.gateway_url)


def _kept_address() -> str | None:
    """Where this form is found again; None when it holds nothing typed, or is not its owner's."""
    session = current_session().expired or current_session().stored
    champs = dict(request.form.lists())
    if session is None or session.titulaire is None or not same_origin():
        return None
    if trop_grand(champs) or not rempli(champs):
        return None
    wired = application()
    owner, now = session.titulaire.personne_id, wired.clock.now()
    kept = a_garder(wired.ids.new(), owner, form_page(request.path), champs, now)
    try:
        wired.formulaires.keep(kept)
    except PyMongoError as failure:
        log_failure(log, "page.saisie_non_gardee", failure)
        return None
    return f"{kept.chemin}?reprise={kept.id}"


def _kept_sentence(sentence: str) -> str:
    return sentence + (FILES_LOST if _had_files() else "")


def _had_files() -> bool:
    return any(given.filename for given in request.files.values())


def _opens(path: str) -> bool:
    try:
        current_app.url_map.bind("").match(path, method="GET")
    except (NotFound, MethodNotAllowed, RequestRedirect):
        return False
    return True


def _here() -> str:
    return request.full_path.rstrip("?")


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
