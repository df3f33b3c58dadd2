"""Who may open a page: decided from the browser's session."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Request, session
from werkzeug.exceptions import HTTPException

from chassis.commands import Acteur
from chassis.errors import Indisponible, Interdit
from chassis.http.guards import Anybody, guarded_by
from gateway.entrypoints.http.sessions import ServerSession

V = TypeVar("V", bound=Callable[..., Any])

DOWN = "Vos pages ne répondent pas pour l’instant. Réessayez dans quelques minutes."
ENSEIGNANT, GESTIONNAIRE = "enseignant", "gestionnaire"


class ConnexionRequise(HTTPException):
    """Nobody is signed in, or the session ran out: off to the sign-in page."""

    code = 401


@dataclass(frozen=True)
class SignedIn:
    """A living session; with roles, one of them."""

    roles: frozenset[str]

    def admit(self, request: Request) -> Acteur:
        if current_session().down:
            raise Indisponible(DOWN)
        titulaire = current_session().titulaire
        if titulaire is None:
            raise ConnexionRequise
        if self.roles and not self.roles & titulaire.roles:
            raise Interdit("Cette page n’est pas ouverte à votre rôle.")
        return Acteur(titulaire.personne_id, titulaire.roles, titulaire.academie)


def publique(view: V) -> V:
    """Anybody may open this page."""
    return guarded_by(Anybody())(view)


def connecte(*roles: str) -> Callable[[V], V]:
    """A signed-in person may; with roles, only who has one of them."""
    return guarded_by(SignedIn(frozenset(roles)))


def current_session() -> ServerSession:
    assert isinstance(session._get_current_object(), ServerSession)  # type: ignore[attr-defined]
    return session  # type: ignore[return-value]
