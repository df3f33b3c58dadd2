"""The agents of a gestionnaire: search, one agent's file, CV and threads. Each opening is journaled."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, request
from werkzeug.wrappers import Response

from chassis.errors import Indisponible
from chassis.rate_limits import LIMITER, SEARCHES
from gateway.application.vues import agents as vues
from gateway.application.vues import dossier as vues_dossier
from gateway.application.vues.courrier import ligne as fil_ligne
from gateway.application.vues.personnes import Vue, ids_in
from gateway.entrypoints.http.application import application, service
from gateway.entrypoints.http.bureau import attempt, demandes_de, mots
from gateway.entrypoints.http.courrier import PEOPLE
from gateway.entrypoints.http.cv import vue_cv
from gateway.entrypoints.http.gardes import GESTIONNAIRE, connecte
from gateway.entrypoints.http.moi import identite
from gateway.entrypoints.http.pages import rendre
from gateway.entrypoints.http.pieces import safe

blueprint = Blueprint("agents", __name__)
Page = Response | tuple[str, int]
WHY = {"X-Motif-Consultation": "recherche"}


@blueprint.get("/agents")
@connecte(GESTIONNAIRE)
@LIMITER.limit(SEARCHES)
def agents() -> Page:
    q, portefeuille = request.args.get("q", "").strip()[:80], request.args.get("portefeuille", "")
    mine = (attempt(identite) or {}).get("portefeuilles") or []
    asked = {"q": q, "portefeuille": portefeuille, "page": request.args.get("page", "1")}
    try:
        wanted = {name: value for name, value in asked.items() if value}
        found: Mapping[str, Any] | None = service("identity").get("/agents", params=wanted).json()
    except Indisponible:
        found = None
    return rendre("agents.html", agents=vues.agents(found, q, portefeuille, mine))


@blueprint.get("/agents/<id>")
@connecte(GESTIONNAIRE)
def agent(id: str) -> Page:
    who = _identite(id)
    dossier = attempt(lambda: service("dossier").get(f"/dossiers/{id}", headers=WHY).json())
    shown = vues.agent(
        who,
        dossier,
        mots(),
        _demandes(id),
        attempt(lambda: vue_cv(id, f"/agents/{id}/cv")),
        attempt(lambda: _fils(id)),
    )
    return rendre("agent.html", agent=shown)


@blueprint.get("/agents/<id>/rubriques/<code>")
@connecte(GESTIONNAIRE)
def rubrique(id: str, code: str) -> Page:
    who = _identite(id)
    data = service("dossier").get(f"/dossiers/{id}/rubriques/{safe(code)}", headers=WHY).json()
    noms = application().annuaire.noms(ids_in(data))
    words = mots()
    shown = vues_dossier.rubrique(data, words.dossier.get(code, {}), noms)
    page = vues.agent(who, None, words, None, None, None)
    return rendre("agent-rubrique.html", agent=page, rubrique=shown)


def _identite(id: str) -> Mapping[str, Any]:
    """Identity decides whether this agent is in this gestionnaire's portefeuilles (404 otherwise)."""
    who: Mapping[str, Any] = service("identity").get(f"/agents/{safe(id)}").json()
    return who


def _demandes(id: str) -> list[Vue]:
    """The same requests, each leading to its place in the queue."""
    demandes = demandes_de(id)
    for demande in demandes:
        owner = "dossier" if demande["nature"] == "changement" else "cv"
        demande["lien"] = f"/file/{owner}~{id}~{demande['id']}"
    return demandes


def _fils(id: str) -> list[Vue]:
    found = service("courrier").get("/fils").json()["fils"]
    mine = [fil for fil in found if fil["agent"] == id]
    noms = application().annuaire.noms(ids_in(mine, PEOPLE))
    return [fil_ligne(fil, noms, "gestionnaire", None) for fil in mine]
