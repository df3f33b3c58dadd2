"""Keeps a session's access token fresh: one renewal at a time, and none needed while Keycloak is down."""

from datetime import datetime

from gateway.application.sessions import (
    KeycloakMuet,
    RefreshRefuse,
    Renouveleur,
    Session,
    Sessions,
    a_rafraichir,
)


def access_token(session: Session, sessions: Sessions, keycloak: Renouveleur, now: datetime) -> str:
    """A token the services accept.

    Raises RefreshRefuse when the session is over at Keycloak (it is deleted here too), KeycloakMuet
    when the token ran out and Keycloak does not answer.
    """
    jetons = session.jetons
    if jetons is None:
        raise RefreshRefuse
    if not a_rafraichir(jetons, now):
        return jetons.acces
    if not sessions.claim_refresh(session.empreinte, jetons.recus_le, now):
        return _latest(session, sessions, now)
    return _renewed(session, sessions, keycloak, now)


def _renewed(session: Session, sessions: Sessions, keycloak: Renouveleur, now: datetime) -> str:
    assert session.jetons is not None
    try:
        jetons = keycloak.renew(session.jetons, now)
    except RefreshRefuse:
        sessions.delete(session.empreinte)
        raise
    except KeycloakMuet:
        if now < session.jetons.expire_le:
            return session.jetons.acces
        raise
    sessions.write_tokens(session.empreinte, jetons)
    return jetons.acces


def _latest(session: Session, sessions: Sessions, now: datetime) -> str:
    """Somebody else is renewing: the stored token, as long as it holds."""
    stored = sessions.get(session.empreinte)
    if stored is None or stored.jetons is None:
        raise RefreshRefuse
    if now >= stored.jetons.expire_le:
        raise KeycloakMuet
    return stored.jetons.acces
