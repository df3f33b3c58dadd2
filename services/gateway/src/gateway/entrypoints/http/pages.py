"""Rendering: what every page shares, error pages, fragments with an ETag."""

import hashlib
from typing import Any

import structlog
from flask import Flask, Response, current_app, g, json, make_response, render_template, request

from chassis.clock import paris_date
from chassis.errors import Indisponible
from chassis.logging import log_failure
from gateway.entrypoints.http.application import application
from gateway.entrypoints.http.formats import FILTRES
from gateway.entrypoints.http.gardes import current_session
from gateway.entrypoints.http.moi import entete, mes_portefeuilles

log = structlog.get_logger()
Page = Response | str | tuple[str, int]


def register_pages(app: Flask) -> None:
    app.jinja_env.filters.update(FILTRES)
    app.jinja_env.globals["nouvelle_cle"] = lambda: application().ids.new()
    app.context_processor(shared)


def shared() -> dict[str, Any]:
    """What `gabarit.html` wants on every page."""
    wired = application()
    return {
        "mention": wired.settings.mention,
        "moi": None if g.get("anonyme") else entete(),
        "non_lus": unread() or None,
        "retards": _late(),
        "repris": g.get("repris", False),
        "aujourdhui": paris_date(wired.clock.now()),
    }


def rendre(template: str, statut: int = 200, **vue: Any) -> tuple[str, int]:
    return render_template(template, **vue), statut


def erreur(
    statut: int,
    code: str | None = None,
    message: str | None = None,
    garde: str | None = None,
    actions: list[dict[str, str]] | None = None,
) -> tuple[str, int]:
    """One error page: what happened, what was kept, what to do."""
    vue = {
        "code": code or str(statut),
        "statut": statut,
        "message": message,
        "garde": garde,
        "actions": actions or [],
        "correlation": g.get("correlation"),
    }
    try:
        return rendre("erreurs.html", statut, erreur=vue)
    except Exception as failure:
        # What made the page fail may fail again in its header: this one comes out whatever happens.
        log_failure(log, "page.erreur_sans_entete", failure)
        without_services()
        return rendre("erreurs.html", statut, erreur=vue)


def fragment(template: str, **vue: Any) -> Response:
    """A piece of page, 304 when it did not change since it was last fetched."""
    response = make_response(render_template(template, **vue))
    response.add_etag()
    response.make_conditional(request)
    return response


def fragment_of(template: str, data: Any, **vue: Any) -> Response:
    """The same, when the page differs each time though its data do not."""
    response = make_response(render_template(template, **vue))
    response.set_etag(hashlib.sha256(json.dumps(data, sort_keys=True, default=str).encode()).hexdigest())
    response.make_conditional(request)
    return response


def unread() -> int | None:
    """Unread threads, for the menu; None when nobody is signed in."""
    titulaire = current_session().titulaire
    if titulaire is None or g.get("anonyme"):
        return None
    if "non_lus" not in g:
        g.non_lus = _count_unread(titulaire.personne_id, "gestionnaire" in titulaire.roles)
    count: int = g.non_lus
    return count


def _count_unread(personne_id: str, gestionnaire: bool) -> int:
    lignes = application().lignes
    if not gestionnaire:
        return lignes.fils_non_lus({"agent": personne_id}, "agent")
    return lignes.fils_non_lus({"portefeuille_id": {"$in": sorted(mes_portefeuilles())}}, "gestionnaire")


def _late() -> bool:
    try:
        return not g.get("anonyme") and application().attendus.late()
    except Indisponible:
        return True


def without_services() -> None:
    """From here on this answer needs nothing but its template (an error page when all is down)."""
    g.anonyme = True


def static_root() -> str:
    root = current_app.static_folder
    assert root is not None
    return f"{root}/"
