"""Threads: the list, one thread, a new message; both sides."""

from collections.abc import Mapping
from typing import Any

import structlog
from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from chassis.errors import Conflit, DonneesInvalides, ErreurApplicative, EtatPerime, Indisponible, Introuvable
from chassis.http import max_body
from gateway.application.saisie import Erreur, Saisie
from gateway.application.vues import courrier as vues
from gateway.application.vues.personnes import Noms, Vue, ids_in
from gateway.entrypoints.http import reprise
from gateway.entrypoints.http.application import application, service
from gateway.entrypoints.http.commandes import cle, command, note_fil, saisie
from gateway.entrypoints.http.gardes import ENSEIGNANT, GESTIONNAIRE, connecte
from gateway.entrypoints.http.moi import gere, mon_correspondant, personne_id, role
from gateway.entrypoints.http.pages import erreur, rendre
from gateway.entrypoints.http.pieces import safe
from gateway.entrypoints.http.televersement import SEVERAL_FILES, upload_all

log = structlog.get_logger()
blueprint = Blueprint("courrier", __name__)
Page = Response | tuple[str, int]

BOTH = (ENSEIGNANT, GESTIONNAIRE)
FICHIER = {"fichier": "fichier"}
NOUVEAU = "nouveau"
PEOPLE = frozenset({"agent", "auteur", "affecte_a"})


@blueprint.get("/courrier")
@connecte(*BOTH)
def courrier() -> Page:
    return rendre("courrier.html", courrier=vue_courrier())


@blueprint.get("/courrier/nouveau")
@connecte(*BOTH)
def nouveau() -> Page:
    if role() == GESTIONNAIRE and not request.args.get("agent"):
        return redirect("/agents")
    kept = reprise.kept_form()
    draft = {} if kept else _draft(NOUVEAU)
    if draft.get("agent") != request.args.get("agent"):
        draft = {}
    return _new(kept or vues.saisie_of(draft), garde_le=draft.get("garde_le"))


@blueprint.post("/courrier/nouveau")
@connecte(*BOTH)
@max_body(SEVERAL_FILES)
def ecrire() -> Page:
    typed = saisie()
    errors = upload_all(typed, service("courrier"), _agent(typed), FICHIER)
    if errors or typed.texte("retirer") or typed.texte("action") == "joindre":
        return _new(typed, errors)
    if typed.texte("action") == "brouillon":
        _keep_draft(NOUVEAU, typed)
        return redirect(request.path, 303)
    body = {"sujet": typed.texte("sujet"), "texte": typed.texte("texte"), "pieces": typed.pieces()}
    if role() == GESTIONNAIRE:
        body["agent"] = _agent(typed)
    try:
        item = note_fil(command("courrier", "/fils", body, with_rev=False))
    except (DonneesInvalides, Conflit, Indisponible) as refusal:
        return _new(typed, message_errors(refusal), 503 if isinstance(refusal, Indisponible) else 422)
    return redirect(f"/courrier/{item['id']}", 303)


@blueprint.get("/courrier/<id>")
@connecte(*BOTH)
def fil(id: str) -> Page:
    data = read_fil(id)
    mark_read(data)
    kept = reprise.kept_form()
    return rendre("fil.html", courrier=vue_courrier(), fil=vue_fil(data, kept, draft=_draft(id)))


@blueprint.post("/courrier/<id>/messages")
@connecte(*BOTH)
@max_body(SEVERAL_FILES)
def repondre(id: str) -> Page:
    data, typed = read_fil(id), saisie()
    errors = upload_all(typed, service("courrier"), data["agent"], FICHIER)
    if errors or typed.texte("retirer") or typed.texte("action") == "joindre":
        return _thread(data, typed, errors)
    if typed.texte("action") == "brouillon":
        _keep_draft(id, typed)
        return redirect(f"/courrier/{id}", 303)
    body = {"texte": typed.texte("texte"), "pieces": typed.pieces()}
    try:
        note_fil(command("courrier", f"/fils/{data['id']}/messages", body, with_rev=False))
    except (DonneesInvalides, Conflit, Indisponible) as refusal:
        return _thread(
            data, typed, message_errors(refusal), 503 if isinstance(refusal, Indisponible) else 422
        )
    return redirect(f"/courrier/{id}", 303)


@blueprint.post("/courrier/<id>/brouillon")
@connecte(*BOTH)
def garder_brouillon(id: str) -> Page:
    kept = _keep_draft(id, saisie())
    return render_template("fragments/brouillon.html", brouillon={"garde_le": kept}), 200


@blueprint.post("/courrier/<id>/clore")
@connecte(GESTIONNAIRE)
def clore(id: str) -> Page:
    return _act(id, "clore")


@blueprint.post("/courrier/<id>/rouvrir")
@connecte(GESTIONNAIRE)
def rouvrir(id: str) -> Page:
    return _act(id, "rouvrir")


@blueprint.post("/courrier/<id>/prendre-en-charge")
@connecte(GESTIONNAIRE)
def prendre_en_charge(id: str) -> Page:
    return _act(id, "prendre-en-charge")


def vue_courrier() -> Vue:
    try:
        fils = service("courrier").get("/fils").json()["fils"]
    except Indisponible:
        return vues.indisponible()
    noms = application().annuaire.noms(ids_in(fils, PEOPLE))
    return vues.courrier(fils, noms, role(), mon_correspondant())


def read_fil(id: str) -> Mapping[str, Any]:
    data: Mapping[str, Any] = service("courrier").get(f"/fils/{safe(id)}").json()
    return data


def vue_fil(
    data: Mapping[str, Any],
    typed: Saisie | None = None,
    errors: list[Erreur] | None = None,
    draft: Mapping[str, Any] | None = None,
) -> Vue:
    noms = application().annuaire.noms(ids_in(data, PEOPLE))
    return vues.fil(data, noms, personne_id(), role(), mon_correspondant(), draft, typed, errors or ())


def mark_read(data: Mapping[str, Any]) -> None:
    """Opening a thread says it was read; the page is shown even if that could not be noted."""
    unread = any(m["cote"] != role_side() and not m.get("lu_le") for m in data["messages"])
    if not unread:
        return
    try:
        key = application().ids.new()
        note_fil(service("courrier").post(f"/fils/{data['id']}/lu", {}, key=key).json())
    except ErreurApplicative:
        return


def role_side() -> str:
    return "gestionnaire" if role() == GESTIONNAIRE else "agent"


def message_errors(refusal: ErreurApplicative) -> list[Erreur]:
    if isinstance(refusal, DonneesInvalides) and refusal.erreurs:
        return [{"champ": _input(e.champ), "message": e.message} for e in refusal.erreurs]
    return [{"champ": None, "message": refusal.message}]


def _input(champ: str) -> str | None:
    return "fichier" if champ.startswith("pieces") else champ or None


def _act(id: str, what: str) -> Page:
    try:
        note_fil(command("courrier", f"/fils/{safe(id)}/{what}", {}))
    except (EtatPerime, Conflit) as refusal:
        back = [{"libelle": "Revoir le fil", "lien": f"/courrier/{id}"}]
        return erreur(412 if isinstance(refusal, EtatPerime) else 409, None, refusal.message, actions=back)
    return redirect(f"/courrier/{id}", 303)


def _thread(data: Mapping[str, Any], typed: Saisie, errors: list[Erreur], status: int = 422) -> Page:
    shown = vue_fil(data, typed, errors)
    return rendre("fil.html", status if errors else 200, courrier=vue_courrier(), fil=shown)


def _new(
    typed: Saisie, errors: list[Erreur] | None = None, status: int = 422, garde_le: str | None = None
) -> Page:
    agent = _agent(typed) if role() == GESTIONNAIRE else None
    if agent:
        noms: Noms = application().annuaire.noms([agent])
        to, detail = noms.personne(agent), noms.libelle(agent, "etablissement_libelle")
    else:
        to = mon_correspondant()
        detail = to["service"] if to else None
    vue = vues.nouveau(request.path, to, detail, typed, agent, errors or (), garde_le)
    return rendre("nouveau-message.html", status if errors else 200, formulaire=vue)


def _agent(typed: Saisie) -> str:
    """Whose thread it is: her own, or the agent a gestionnaire writes to."""
    if role() != GESTIONNAIRE:
        return personne_id()
    agent = typed.texte("agent") or request.args.get("agent", "")
    if not agent:
        raise Introuvable("Choisissez d’abord l’agent à qui écrire, depuis « Agents ».")
    if not gere(agent):
        log.warning("acces.hors_perimetre", acteur=personne_id(), agent=safe(agent))
        raise Introuvable("Cette page n’existe pas ou ne vous est pas ouverte.")
    return agent


def _draft(key: str) -> Mapping[str, Any]:
    try:
        found: Mapping[str, Any] = service("courrier").get(f"/brouillons/{key}").json() or {}
    except ErreurApplicative:
        return {}
    return found


def _keep_draft(key: str, typed: Saisie) -> str | None:
    body = {
        "sujet": typed.texte("sujet"),
        "texte": typed.texte("texte"),
        "agent": typed.texte("agent") or None,
        "pieces": typed.pieces(),
    }
    answer = service("courrier").put(f"/brouillons/{safe(key)}", body, key=cle()).json()
    kept: str | None = answer.get("garde_le")
    return kept
