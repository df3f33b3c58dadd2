"""The teacher's CV: its elements, drafts, submission, and its PDF."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from chassis.errors import Conflit, DonneesInvalides, EtatPerime, Indisponible
from chassis.http import max_body
from gateway.adapters.pdf import pdf
from gateway.application.saisie import Erreur, Saisie
from gateway.application.vues import cv as vues
from gateway.application.vues.personnes import Vue, ids_in
from gateway.entrypoints.http import reprise
from gateway.entrypoints.http.application import application, service
from gateway.entrypoints.http.commandes import cle, command, note_element, rev, saisie
from gateway.entrypoints.http.gardes import ENSEIGNANT, connecte
from gateway.entrypoints.http.moi import mon_correspondant, personne_id
from gateway.entrypoints.http.pages import erreur, rendre, static_root
from gateway.entrypoints.http.pieces import safe
from gateway.entrypoints.http.signaler import form_errors
from gateway.entrypoints.http.televersement import SEVERAL_FILES, upload_all, usages_of

blueprint = Blueprint("cv", __name__)
Page = AnyResponse | tuple[str, int]
Definition = Mapping[str, Any]


@blueprint.get("/cv")
@connecte(ENSEIGNANT)
def cv() -> Page:
    return rendre("cv.html", cv=vue_cv(personne_id(), "/cv"))


@blueprint.get("/cv.pdf")
@connecte(ENSEIGNANT)
def imprime() -> Page:
    printed = application().clock.now().isoformat()
    html = render_template("cv-imprime.html", cv=vue_cv(personne_id(), "/cv"), imprime_le=printed)
    headers = {"Content-Disposition": 'attachment; filename="cv.pdf"'}
    return Response(pdf(html, static_root()), mimetype="application/pdf", headers=headers)


@blueprint.get("/cv/elements/nouveau")
@connecte(ENSEIGNANT)
def nouveau() -> Page:
    definitions = application().definitions.rubriques(service("cv"))
    chosen = definitions.get(request.args.get("rubrique", ""))
    if chosen is None:
        return rendre("cv-element.html", formulaire=vues.choix_rubrique(request.path, definitions))
    return _form(chosen, reprise.kept_form() or Saisie({}), None)


@blueprint.post("/cv/elements/nouveau")
@connecte(ENSEIGNANT)
@max_body(SEVERAL_FILES)
def ajouter() -> Page:
    rubrique = request.args.get("rubrique") or request.form.get("rubrique", "")
    definition = application().definitions.rubriques(service("cv")).get(rubrique)
    if definition is None:
        return redirect("/cv/elements/nouveau", 303)
    return _save(definition, None)


@blueprint.get("/cv/elements/<id>")
@connecte(ENSEIGNANT)
def element(id: str) -> Page:
    data = _read(id)
    return _form(_definition(data), reprise.kept_form() or vues.saisie_of(data), data)


@blueprint.post("/cv/elements/<id>")
@connecte(ENSEIGNANT)
@max_body(SEVERAL_FILES)
def modifier(id: str) -> Page:
    data = _read(id)
    return _save(_definition(data), data)


@blueprint.post("/cv/elements/<id>/soumettre")
@connecte(ENSEIGNANT)
def soumettre(id: str) -> Page:
    return _act(id, "soumettre")


@blueprint.post("/cv/elements/<id>/retirer")
@connecte(ENSEIGNANT)
def retirer(id: str) -> Page:
    return _act(id, "retirer")


def vue_cv(agent: str, base: str) -> Vue:
    client = service("cv")
    data = client.get(f"/cvs/{agent}").json()
    noms = application().annuaire.noms(ids_in(data))
    shown = vues.cv(data, application().definitions.rubriques(client), noms, personne_id(), base)
    shown["correspondant"] = mon_correspondant() if agent == personne_id() else None
    return shown


def _save(definition: Definition, data: Mapping[str, Any] | None) -> Page:
    typed = saisie()
    errors = upload_all(typed, service("cv"), personne_id(), usages_of(definition.get("pieces") or []))
    if errors or typed.texte("retirer"):
        return _form(definition, typed, data, errors)
    try:
        return _saved(definition, typed, data)
    except DonneesInvalides as refusal:
        return _form(definition, typed, data, form_errors(refusal, definition))
    except (EtatPerime, Conflit) as refusal:
        status = 412 if isinstance(refusal, EtatPerime) else 409
        return _form(definition, typed, data, [{"champ": None, "message": refusal.message}], status)
    except Indisponible as refusal:
        return _form(definition, typed, data, [{"champ": None, "message": refusal.message}], 503)


def _saved(definition: Definition, typed: Saisie, data: Mapping[str, Any] | None) -> Page:
    """The draft first; then, if asked, its submission. A refused submission leaves the draft in place."""
    body = {"valeurs": typed.valeurs(definition["champs"]), "pieces": typed.pieces()}
    client, root = service("cv"), f"/cvs/{personne_id()}/elements"
    if data is None:
        answer = client.post(root, {"rubrique": definition["code"], **body}, key=cle()).json()
    else:
        answer = client.put(f"{root}/{data['id']}", body, key=cle(), rev=rev()).json()
    item = note_element(personne_id(), answer)
    if typed.texte("action") == "soumettre":
        return _submit(definition, typed, item)
    return redirect(f"/cv#{item['id']}", 303)


def _submit(definition: Definition, typed: Saisie, item: Mapping[str, Any]) -> Page:
    path = f"/cvs/{personne_id()}/elements/{item['id']}/soumettre"
    try:
        answer = service("cv").post(path, {}, key=f"{cle()}-soumettre", rev=item["rev"]).json()
    except DonneesInvalides as refusal:
        return _form(definition, typed, item, form_errors(refusal, definition))
    note_element(personne_id(), answer)
    return redirect(f"/cv#{item['id']}", 303)


def _act(id: str, what: str) -> Page:
    try:
        note_element(personne_id(), command("cv", f"{_path(id)}/{what}", {}))
    except DonneesInvalides as refusal:
        data = _read(id)
        definition = _definition(data)
        return _form(definition, vues.saisie_of(data), data, form_errors(refusal, definition))
    except (EtatPerime, Conflit) as refusal:
        status = 412 if isinstance(refusal, EtatPerime) else 409
        return erreur(status, None, refusal.message, actions=[{"libelle": "Voir votre CV", "lien": "/cv"}])
    return redirect(f"/cv#{id}", 303)


def _form(
    definition: Definition,
    typed: Saisie,
    data: Mapping[str, Any] | None,
    errors: list[Erreur] | None = None,
    status: int = 422,
) -> Page:
    noms = application().annuaire.noms(ids_in(data or {}))
    action = f"/cv/elements/{data['id']}" if data else f"/cv/elements/nouveau?rubrique={definition['code']}"
    vue = vues.formulaire(action, definition, typed, data, noms, errors or ())
    return rendre("cv-element.html", status if errors else 200, formulaire=vue)


def _read(id: str) -> Mapping[str, Any]:
    data: Mapping[str, Any] = service("cv").get(_path(id)).json()
    return data


def _definition(data: Mapping[str, Any]) -> Definition:
    definition: Definition = application().definitions.rubriques(service("cv"))[data["rubrique"]]
    return definition


def _path(id: str) -> str:
    return f"/cvs/{personne_id()}/elements/{safe(id)}"
