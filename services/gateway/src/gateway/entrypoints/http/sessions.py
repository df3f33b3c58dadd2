"""The browser's side of a session: one random cookie, of which the server keeps only a digest."""

import hashlib
from collections.abc import Mapping
from typing import Any

from flask import Flask, Request, Response
from flask.sessions import SessionInterface, SessionMixin
from werkzeug.datastructures import CallbackDict

from chassis.clock import Clock
from chassis.errors import Indisponible
from chassis.ids import secret_token
from gateway.application.sessions import Jetons, Session, Sessions, Titulaire

SILENT_PATHS = ("/direct", "/fragments/")


class ServerSession(CallbackDict[str, Any], SessionMixin):
    """What views see as `flask.session`: a dict written back when it changed.

    `stored` is the session behind it (None until something is written), `expired` the one that ran out;
    `down` when the store did not answer: nobody knows who is asking.
    """

    def __init__(
        self, stored: Session | None = None, expired: Session | None = None, *, down: bool = False
    ) -> None:
        super().__init__(dict(stored.contenu) if stored else {}, _mark_modified)
        self.stored = stored
        self.expired = expired
        self.down = down
        self.modified = False
        self.cookie: str | None = None
        self.ended = False

    @property
    def titulaire(self) -> Titulaire | None:
        return self.stored.titulaire if self.stored else None


def _mark_modified(session: ServerSession) -> None:
    session.modified = True


class MongoSessionInterface(SessionInterface):
    """Opens and saves sessions. Polling does not keep one alive."""

    def __init__(self, sessions: Sessions, clock: Clock, *, secure: bool) -> None:
        self._sessions = sessions
        self._clock = clock
        self._secure = secure
        self.cookie_name = "__Host-iprof" if secure else "iprof_session"

    def open_session(self, app: Flask, request: Request) -> ServerSession:
        cookie = request.cookies.get(self.cookie_name)
        if not cookie or request.path.startswith("/static/"):
            return ServerSession()
        now = self._clock.now()
        try:
            stored = self._sessions.get(digest(cookie))
        except Indisponible:
            return ServerSession(down=True)
        if stored is None:
            return ServerSession()
        if not stored.active(now):
            return ServerSession(expired=stored)
        if stored.a_noter(now) and not request.path.startswith(SILENT_PATHS):
            self._sessions.seen(stored.empreinte, now)
        return ServerSession(stored)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        assert isinstance(session, ServerSession)
        if session.ended:
            response.delete_cookie(self.cookie_name, path="/", secure=self._secure, httponly=True)
        elif session.cookie:
            self._set_cookie(response, session.cookie)
        if session.ended or session.down or not session.modified:
            return
        if session.stored is None:
            self._set_cookie(response, self.start(session))
        else:
            self._sessions.write_content(session.stored.empreinte, dict(session))

    def start(
        self,
        session: ServerSession,
        titulaire: Titulaire | None = None,
        jetons: Jetons | None = None,
        navigateur: str = "",
    ) -> str:
        """A new session under a new cookie, the old one deleted: called at first write and at sign-in."""
        cookie, now = secret_token(), self._clock.now()
        if session.stored:
            self._sessions.delete(session.stored.empreinte)
        content: Mapping[str, Any] = dict(session)
        stored = Session(digest(cookie), now, now, content, titulaire, jetons, navigateur)
        self._sessions.create(stored)
        session.stored, session.cookie, session.modified = stored, cookie, False
        return cookie

    def end(self, session: ServerSession) -> None:
        """Forgets the session here and in the browser."""
        if session.stored:
            self._sessions.delete(session.stored.empreinte)
        session.clear()
        session.stored, session.ended = None, True

    def _set_cookie(self, response: Response, cookie: str) -> None:
        response.set_cookie(
            self.cookie_name, cookie, path="/", secure=self._secure, httponly=True, samesite="Lax"
        )


def digest(cookie: str) -> str:
    return hashlib.sha256(cookie.encode()).hexdigest()
