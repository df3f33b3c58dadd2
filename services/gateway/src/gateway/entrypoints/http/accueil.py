"""Pages everybody may open: welcome, the duties of a public site."""

from flask import Blueprint, Response, make_response, request

from gateway.adapters.academies import academies
from gateway.application.vues.accueil import accueil as vue_accueil
from gateway.entrypoints.http.application import application
from gateway.entrypoints.http.gardes import publique
from gateway.entrypoints.http.pages import rendre
from gateway.entrypoints.http.retours import DEFAULT, safe_return

blueprint = Blueprint("accueil", __name__)

YEAR = 365 * 24 * 3600


@blueprint.get("/")
@publique
def accueil() -> Response:
    chosen = _known(request.args.get("academie", ""))
    back = safe_return(request.args.get("retour"))
    vue = vue_accueil(
        academies(),
        request.args.get("q", "").strip()[:60],
        chosen or _known(request.cookies.get(_cookie(), "")),
        None,
        back if back != DEFAULT else None,
    )
    response = make_response(*rendre("accueil.html", accueil=vue))
    if chosen:
        https = application().settings.https
        response.set_cookie(_cookie(), chosen, max_age=YEAR, httponly=True, secure=https, samesite="Lax")
    return response


@blueprint.get("/accessibilite")
@publique
def accessibilite() -> tuple[str, int]:
    return rendre("accessibilite.html")


@blueprint.get("/mentions-legales")
@publique
def mentions_legales() -> tuple[str, int]:
    return rendre("mentions-legales.html")


@blueprint.get("/donnees-personnelles")
@publique
def donnees_personnelles() -> tuple[str, int]:
    return rendre("donnees-personnelles.html")


def _cookie() -> str:
    """With its prefix, no other host of the same domain can set it."""
    return "__Host-academie" if application().settings.https else "academie"


def _known(slug: str) -> str:
    return slug if any(academie["slug"] == slug for academie in academies()) else ""
