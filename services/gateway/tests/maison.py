"""The gateway with everything behind it in memory, to be visited by somebody who means harm."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from gateway.application.sessions import Jetons, Session, Titulaire
from gateway.application.vues.personnes import Noms
from gateway.bootstrap import Application
from gateway.entrypoints.http.app import create
from gateway.entrypoints.http.sessions import digest

from chassis.errors import Introuvable
from chassis.testing.clock import EPOCH, FixedClock
from tests.architecture.routes import wired_gateway

RENE, SYLVIE = "5b0c8a52-3f0e-5a1e-9c57-2f1f6f0a7d10", "8d1d1c5e-9a44-5c0b-8e39-0a2b6a6e5f21"
RACHEL = "11111111-3f0e-5a1e-9c57-2f1f6f0a7d10"
ANGLAIS, MATHS = "10.DPE2-ANGLAIS", "10.DPE1-MATHS"


@dataclass
class SessionsEnMemoire:
    """`Sessions` in a dictionary."""

    gardees: dict[str, Session] = field(default_factory=dict)
    vues: list[str] = field(default_factory=list)

    def get(self, empreinte: str) -> Session | None:
        return self.gardees.get(empreinte)

    def create(self, session: Session) -> None:
        self.gardees[session.empreinte] = session

    def delete(self, empreinte: str) -> None:
        self.gardees.pop(empreinte, None)

    def seen(self, empreinte: str, now: datetime) -> None:
        self.vues.append(empreinte)

    def write_content(self, empreinte: str, contenu: Mapping[str, Any]) -> None:
        self.gardees[empreinte] = replace(self.gardees[empreinte], contenu=dict(contenu))

    def of_person(self, personne_id: str, now: datetime) -> list[Session]:
        return [s for s in self.gardees.values() if s.titulaire and s.titulaire.personne_id == personne_id]


@dataclass
class ServiceMuet:
    """A service that knows nothing; what it was asked is kept."""

    name: str
    demandes: list[str] = field(default_factory=list)

    def for_token(self, token: str) -> "ServiceMuet":
        return self

    def _rien(self, path: str, *_: Any, **__: Any) -> Any:
        self.demandes.append(path)
        raise Introuvable("Cette page n’existe pas ou ne vous est pas ouverte.")

    get = post = put = delete = upload = _rien


@dataclass
class Maison:
    app: Flask
    wired: Application
    sessions: SessionsEnMemoire
    clock: FixedClock
    presences: list[str]

    def entrer(self, qui: str, role: str, cookie: str = "cookie-de-test") -> FlaskClient:
        """A browser whose session is open."""
        now = self.clock.now()
        jetons = Jetons("acces", "rafraichissement", "identite", now, now + timedelta(minutes=15))
        titulaire = Titulaire(qui, f"sub-{qui}", f"sid-{qui}", frozenset({role}), "10")
        self.sessions.create(Session(digest(cookie), now, now, {}, titulaire, jetons))
        return self.visiter(cookie)

    def visiter(self, cookie: str | None = None) -> FlaskClient:
        client = self.app.test_client()
        if cookie is not None:
            client.set_cookie("iprof_session", cookie)
        return client

    @property
    def demandes(self) -> list[str]:
        """Everything any service was asked."""
        return [path for service in self.wired.services.values() for path in service.demandes]  # type: ignore[attr-defined]


@contextmanager
def maison(**variables: str) -> Iterator[Maison]:
    clock = FixedClock(EPOCH)
    with wired_gateway(clock, **variables) as wired:
        sessions, presences = SessionsEnMemoire(), []
        faux: Any = wired
        faux.sessions = sessions
        faux.services = {name: ServiceMuet(name) for name in wired.services}
        faux.annuaire = SimpleNamespace(noms=lambda ids: Noms({}))
        faux.attendus = SimpleNamespace(late=lambda: False)
        faux.presences = SimpleNamespace(look=lambda ligne, qui: presences.append(ligne) or [])
        faux.lignes = _lignes()
        faux.rattachements = _copie(_personnes())
        faux.portefeuilles = _copie(_portefeuilles())
        yield Maison(create(wired), wired, sessions, clock, presences)


def _lignes() -> Any:
    lignes = {f"dossier~{RACHEL}~1": {"_id": f"dossier~{RACHEL}~1", "portefeuille_id": MATHS}}
    lignes[f"dossier~{RENE}~1"] = {"_id": f"dossier~{RENE}~1", "portefeuille_id": ANGLAIS}
    return SimpleNamespace(one=lignes.get, fils_non_lus=lambda *_: 0)


def _personnes() -> dict[str, dict[str, Any]]:
    portefeuilles = {RENE: ANGLAIS, RACHEL: MATHS, SYLVIE: None}
    return {id: {"portefeuille_id": code, "compte_actif": True} for id, code in portefeuilles.items()}


def _portefeuilles() -> dict[str, dict[str, Any]]:
    tenus = {ANGLAIS: SYLVIE, MATHS: "personne"}
    return {
        code: {"portefeuille_id": code, "titulaire": qui, "suppleances": []} for code, qui in tenus.items()
    }


def _copie(connus: dict[str, dict[str, Any]]) -> Any:
    return SimpleNamespace(connus=connus, get=connus.get, find=lambda **_: list(connus.values()))
