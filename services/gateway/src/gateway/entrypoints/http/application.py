"""The wired application, and the services on behalf of the person whose page this is."""

from flask import current_app, g

from chassis.security.client import ServiceClient
from gateway.application.renouvellement import access_token
from gateway.application.sessions import RefreshRefuse
from gateway.bootstrap import Application
from gateway.entrypoints.http.gardes import ConnexionRequise, current_session

EXTENSION = "iprof-gateway"


def application() -> Application:
    wired: Application = current_app.extensions[EXTENSION]
    return wired


def service(name: str) -> ServiceClient:
    """This service, called with the person's own token: it decides what she may see."""
    return application().services[name].for_token(_token())


def _token() -> str:
    if "jeton" not in g:
        session, wired = current_session(), application()
        if session.stored is None:
            raise ConnexionRequise
        try:
            g.jeton = access_token(session.stored, wired.sessions, wired.keycloak, wired.clock.now())
        except RefreshRefuse:
            raise ConnexionRequise from None
    token: str = g.jeton
    return token
