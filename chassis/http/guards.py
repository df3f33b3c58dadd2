"""Who may call a route. A view carries its guard; the app runs it before anything else of the request."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar, cast

from flask import Flask, Request, current_app, g, request

from chassis.commands import Acteur
from chassis.errors import Interdit
from chassis.security.errors import NonAuthentifie
from chassis.security.tokens import Verifier

V = TypeVar("V", bound=Callable[..., Any])
STANDARD_BODY = 1024 * 1024


class RouteSansGarde(RuntimeError):
    """A route does not say who may call it: the app refuses to start."""


class Guard(Protocol):
    """Lets a request in or refuses it."""

    def admit(self, request: Request) -> Acteur | None:
        """Who is calling (None for anybody). Raises NonAuthentifie or Interdit."""
        ...


@dataclass(frozen=True)
class Anybody:
    def admit(self, request: Request) -> None:
        return None


@dataclass(frozen=True)
class APerson:
    """A person's token; with roles, one of them."""

    roles: frozenset[str]

    def admit(self, request: Request) -> Acteur:
        acteur = _bearer(request)
        if acteur.id.startswith("service:"):
            raise Interdit("Cette adresse est réservée aux personnes.")
        if self.roles and not self.roles & acteur.roles:
            raise Interdit("Votre rôle n’ouvre pas cet acte.")
        return acteur


@dataclass(frozen=True)
class AService:
    """The service account of one of these services; with none named, of any."""

    names: frozenset[str]

    def admit(self, request: Request) -> Acteur:
        acteur = _bearer(request)
        kind, _, name = acteur.id.partition(":")
        if kind != "service" or (self.names and name not in self.names):
            raise Interdit("Cette adresse est réservée à certains services.")
        return acteur


def guarded_by(guard: Guard) -> Callable[[V], V]:
    """Marks a view (or a MethodView's method) with its guard."""

    def mark(view: V) -> V:
        cast(Any, view).guard = guard
        return view

    return mark


def public(view: V) -> V:
    """Anybody may call this route, signed in or not."""
    return guarded_by(Anybody())(view)


def personne(*roles: str) -> Callable[[V], V]:
    """A signed-in person may; with roles, only who has one of them."""
    return guarded_by(APerson(frozenset(roles)))


def service(*names: str) -> Callable[[V], V]:
    """Only these services may (any service when none is named)."""
    return guarded_by(AService(frozenset(names)))


def max_body(size: int) -> Callable[[V], V]:
    """This route takes bodies up to `size` bytes instead of 1 MB."""

    def mark(view: V) -> V:
        cast(Any, view).max_body = size
        return view

    return mark


def current_actor() -> Acteur:
    """Who calls. Raises NonAuthentifie on a public route without a valid token."""
    acteur: Acteur | None = g.get("acteur")
    return acteur if acteur is not None else _bearer(request)


def register_guards(app: Flask, verifier: Verifier | None) -> None:
    app.extensions["iprof-verifier"] = verifier
    app.before_request(_admit)


def check_every_route_has_a_guard(app: Flask) -> None:
    """Raises RouteSansGarde naming the first routes without one."""
    bare = [
        f"{method} {rule.rule}"
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
        if guard_of(app, rule.endpoint, method) is None
    ]
    if bare:
        raise RouteSansGarde(", ".join(bare))


def guard_of(app: Flask, endpoint: str, method: str) -> Guard | None:
    guard: Guard | None = getattr(_view(app, endpoint, method), "guard", None)
    return guard


def _admit() -> None:
    if request.endpoint is None:
        return
    view = _view(current_app, request.endpoint, request.method)
    request.max_content_length = getattr(view, "max_body", STANDARD_BODY)
    guard = getattr(view, "guard", None)
    if guard is not None:
        g.acteur = guard.admit(request)


def _view(app: Flask, endpoint: str, method: str) -> Any:
    view = app.view_functions[endpoint]
    owner = getattr(view, "view_class", None)
    wanted = {"HEAD": "get"}.get(method, method.lower())
    return view if owner is None else getattr(owner, wanted, view)


def _bearer(request: Request) -> Acteur:
    verifier: Verifier | None = current_app.extensions["iprof-verifier"]
    given = request.authorization
    if verifier is None or given is None or given.type != "bearer" or not given.token:
        raise NonAuthentifie
    return verifier.verify(given.token)
