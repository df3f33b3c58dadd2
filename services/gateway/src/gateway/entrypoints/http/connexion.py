"""Sign-in through Keycloak, sign-out, and Keycloak's own word that somebody signed out."""

from typing import Any

import requests
import structlog
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.flask_client import OAuth
from flask import Blueprint, Flask, current_app, redirect, request, url_for
from joserfc.errors import JoseError
from werkzeug.wrappers import Response

from chassis.rate_limits import LIMITER, SIGN_INS
from gateway.adapters.oidc import LogoutTokenRefuse, tokens_of
from gateway.application.sessions import KeycloakMuet
from gateway.config import GatewaySettings
from gateway.entrypoints.http.application import application
from gateway.entrypoints.http.gardes import current_session, publique
from gateway.entrypoints.http.pages import erreur
from gateway.entrypoints.http.retours import safe_return
from gateway.entrypoints.http.sessions import MongoSessionInterface

log = structlog.get_logger()
blueprint = Blueprint("connexion", __name__)

EXTENSION_OIDC = "iprof-oidc"
RETURN = "retour"
BROWSER_LENGTH = 200
PROBE_TIMEOUT = 1.5


def register_oidc(app: Flask, settings: GatewaySettings) -> None:
    """The client, its addresses written rather than discovered: it starts without Keycloak."""
    base = settings.base
    root = f"{base.issuer}/protocol/openid-connect"
    oauth = OAuth(app)
    oauth.register(
        "keycloak",
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_secret(),
        authorize_url=f"{root}/auth",
        access_token_url=base.token_url,
        jwks_uri=base.jwks_url,
        issuer=base.issuer,
        end_session_endpoint=f"{root}/logout",
        id_token_signing_alg_values_supported=["RS256", "PS256", "ES256"],
        client_kwargs={"scope": "openid", "code_challenge_method": "S256", "timeout": 5},
    )
    app.extensions[EXTENSION_OIDC] = oauth.keycloak


@blueprint.get("/connexion")
@publique
@LIMITER.limit(SIGN_INS)
def connexion() -> Response:
    session = current_session()
    wanted = safe_return(request.args.get("retour"))
    if session.titulaire is not None:
        return redirect(wanted)
    _check_keycloak_answers()
    session[RETURN] = wanted
    again = {"prompt": "login"} if session.expired or request.args.get("expiree") else {}
    answer: Response = _oidc().authorize_redirect(_callback(), ui_locales="fr", **again)
    return answer


@blueprint.get("/connexion/retour")
@publique
@LIMITER.limit(SIGN_INS)
def retour() -> Response | tuple[str, int]:
    try:
        token = _oidc().authorize_access_token()
    except (OAuthError, JoseError) as refusal:
        log.info("connexion.refusee", erreur=type(refusal).__name__)
        return erreur(400, "connexion")
    except requests.RequestException as failure:
        raise KeycloakMuet from failure
    return _signed_in(token)


@blueprint.post("/deconnexion")
@publique
def deconnexion() -> Response:
    session, wired = current_session(), application()
    jetons = session.stored.jetons if session.stored else None
    _cookies().end(session)
    if jetons is None:
        return redirect(url_for("accueil.accueil"), 303)
    log.info("connexion.terminee")
    address = _oidc().create_logout_url(
        post_logout_redirect_uri=f"{wired.settings.base.gateway_url}/",
        id_token_hint=jetons.identite,
        client_id=wired.settings.oidc_client_id,
    )
    return redirect(address["url"], 303)


@blueprint.post("/deconnexion/canal-arriere")
@publique
def canal_arriere() -> tuple[str, int]:
    """Keycloak says a session is over: it is, at once, here too."""
    wired = application()
    try:
        sid, sub = wired.keycloak.read_logout(request.form.get("logout_token", ""), wired.clock.now())
    except LogoutTokenRefuse:
        log.warning("connexion.canal_arriere_refuse")
        return "", 400
    closed = wired.sessions.close_sid(sid, wired.clock.now()) if sid else wired.sessions.close_sub(sub or "")
    log.info("connexion.canal_arriere", sessions=closed)
    return "", 200


def _signed_in(token: dict[str, Any]) -> Response | tuple[str, int]:
    session, wired = current_session(), application()
    now = wired.clock.now()
    titulaire = wired.keycloak.holder(token["access_token"], str(token["userinfo"].get("sid", "")))
    if titulaire is None:
        return erreur(403, "sans-personne")
    if wired.sessions.is_closed(titulaire.sid, now):
        return erreur(400, "connexion")
    wanted = safe_return(session.get(RETURN))
    session.clear()
    browser = (request.user_agent.string or "")[:BROWSER_LENGTH]
    _cookies().start(session, titulaire, tokens_of(token, now), browser)
    log.info("connexion.ouverte", acteur=titulaire.personne_id)
    return redirect(wanted)


def _check_keycloak_answers() -> None:
    """Better our page than a dead one in the browser."""
    try:
        requests.get(application().settings.base.realm_direct, timeout=PROBE_TIMEOUT)
    except requests.RequestException as failure:
        raise KeycloakMuet from failure


def _oidc() -> Any:
    return current_app.extensions[EXTENSION_OIDC]


def _cookies() -> MongoSessionInterface:
    assert isinstance(current_app.session_interface, MongoSessionInterface)
    return current_app.session_interface


def _callback() -> str:
    return f"{application().settings.base.gateway_url}{url_for('connexion.retour')}"
