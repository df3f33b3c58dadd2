"""One's account here: open sessions, closing another one."""

import structlog
from flask import Blueprint, redirect
from werkzeug.wrappers import Response

from chassis.errors import Indisponible, Introuvable
from gateway.application.sessions import Session
from gateway.application.vues.compte import appareil
from gateway.application.vues.personnes import Vue
from gateway.entrypoints.http.application import application
from gateway.entrypoints.http.bureau import attempt
from gateway.entrypoints.http.gardes import connecte, current_session
from gateway.entrypoints.http.moi import identite, personne_id
from gateway.entrypoints.http.pages import rendre

log = structlog.get_logger()
blueprint = Blueprint("compte", __name__)
SHOWN = 16


@blueprint.get("/compte")
@connecte()
def compte() -> tuple[str, int]:
    who = attempt(identite) or {}
    shown = {"sessions": [_vue(s) for s in _mine()], "identifiant": who.get("identifiant")}
    return rendre("compte.html", compte=shown)


@blueprint.post("/compte/sessions/<id>/fermer")
@connecte()
def fermer(id: str) -> Response:
    session = next((s for s in _mine() if s.empreinte[:SHOWN] == id), None)
    if session is None:
        raise Introuvable("Cette session est déjà fermée.")
    application().sessions.delete(session.empreinte)
    _end_at_keycloak(session)
    return redirect("/compte", 303)


def _end_at_keycloak(session: Session) -> None:
    """Else that browser would sign itself in again without a word. Keycloak down: closed here at least."""
    if session.jetons is None:
        return
    try:
        application().keycloak.end(session.jetons)
    except Indisponible:
        log.warning("compte.session_fermee_ici_seulement")


def _mine() -> list[Session]:
    wired = application()
    return list(wired.sessions.of_person(personne_id(), wired.clock.now()))


def _vue(session: Session) -> Vue:
    """The beginning of the digest names a session without giving it away."""
    stored = current_session().stored
    return {
        "id": session.empreinte[:SHOWN],
        "courante": stored is not None and session.empreinte == stored.empreinte,
        "ouverte_le": session.cree_le.isoformat(),
        "vue_le": session.vu_le.isoformat(),
        "appareil": appareil(session.navigateur),
    }
