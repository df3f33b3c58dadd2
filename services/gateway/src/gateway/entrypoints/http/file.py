"""The gestionnaire's queue: tabs, filters, taking things in charge one by one or together."""

from datetime import datetime
from typing import Any

from flask import Blueprint, redirect, request, session
from werkzeug.wrappers import Response

from chassis.clock import paris_date
from chassis.errors import Conflit, ErreurApplicative, EtatPerime, Indisponible
from chassis.ids import derived_id
from gateway.application.filtres import Filtre, criteria
from gateway.application.vues import file as vues
from gateway.application.vues.personnes import Noms, Vue
from gateway.entrypoints.http.application import application, service
from gateway.entrypoints.http.bureau import attempt, mots
from gateway.entrypoints.http.commandes import cle, note
from gateway.entrypoints.http.gardes import GESTIONNAIRE, connecte
from gateway.entrypoints.http.moi import identite, mes_portefeuilles, personne_id
from gateway.entrypoints.http.pages import rendre
from gateway.entrypoints.http.pieces import owner_of
from gateway.entrypoints.http.retours import safe_return

blueprint = Blueprint("file", __name__)
Page = Response | tuple[str, int]

MOST_AGENTS = 200
MOST_AT_ONCE = 50


@blueprint.get("/file")
@connecte(GESTIONNAIRE)
def file() -> Page:
    filtre = Filtre.from_query(request.args)
    return rendre("file.html", file=vue_file(filtre, session.pop("bilan", None)))


@blueprint.post("/file")
@connecte(GESTIONNAIRE)
def prendre() -> Page:
    back = safe_return(request.form.get("retour") or "/file")
    one = request.form.get("prendre")
    if one:
        refused = take(one)
        if refused is None:
            return redirect(f"/file/{one}", 303)
        session["bilan"] = {"pris": 0, "deja_pris": [refused]}
        return redirect(back, 303)
    results = [take(id) for id in request.form.getlist("choix")[:MOST_AT_ONCE]]
    refusals = [refused for refused in results if refused is not None]
    session["bilan"] = {"pris": len(results) - len(refusals), "deja_pris": refusals}
    return redirect(back, 303)


def take(id: str) -> str | None:
    """Takes one line in charge; None when done, else why not. Twice is once."""
    name, path = owner_of(id)
    try:
        answer = service(name).post(f"{path}/prendre-en-charge", {}, key=derived_id(cle(), id)).json()
    except (Conflit, EtatPerime) as refusal:
        return refusal.message
    except Indisponible:
        raise
    except ErreurApplicative as refusal:
        return refusal.message
    note(name, id, answer)
    return None


def vue_file(filtre: Filtre, bilan: Vue | None = None) -> Vue:
    wired, portefeuilles, moi = application(), mes_portefeuilles(), personne_id()
    wanted = wanted_lines(filtre, portefeuilles)
    lines, total = wired.lignes.page(filtre, wanted)
    choices = wired.lignes.choices(portefeuilles)
    noms = wired.annuaire.noms(
        vues.people(lines) | set(choices["corps"].values()) | set(choices["etablissement"].values())
    )
    contenu = vues.Contenu(
        lines,
        total,
        wired.lignes.counts(portefeuilles, moi),
        words(choices["corps"], noms, "corps_collectif"),
        words(choices["etablissement"], noms, "etablissement_libelle"),
    )
    mine = (attempt(identite) or {}).get("portefeuilles") or [{"libelle": id} for id in sorted(portefeuilles)]
    return vues.file(filtre, contenu, mine, mots(), noms, moi, stamp(wired.clock.now()), bilan)


def wanted_lines(filtre: Filtre, portefeuilles: frozenset[str]) -> dict[str, Any]:
    """The criteria of this view; a search is by reference or by agent's name, which identity knows."""
    wired = application()
    wanted = criteria(filtre, portefeuilles, personne_id(), paris_date(wired.clock.now()))
    if not filtre.q:
        return wanted
    if wired.lignes.has_reference(filtre.q, portefeuilles):
        return {**wanted, "reference": filtre.q.upper()}
    found = attempt(lambda: service("identity").get("/agents", params={"q": filtre.q}).json()) or {
        "agents": []
    }
    return {**wanted, "agent": {"$in": [agent["personne_id"] for agent in found["agents"][:MOST_AGENTS]]}}


def words(examples: dict[str, str], noms: Noms, what: str) -> dict[str, str]:
    """The word of each code, read off one agent who has it."""
    return {code: noms.libelle(agent, what) or code for code, agent in examples.items()}


def stamp(instant: datetime) -> str:
    """As the events write instants, so that both compare as text."""
    return instant.isoformat(timespec="milliseconds").replace("+00:00", "Z")
