"""A reported change, as its agent follows it: state, complement, cancellation, receipt."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from chassis.errors import Conflit, DonneesInvalides, EtatPerime, Indisponible
from chassis.http import max_body
from gateway.adapters.pdf import pdf
from gateway.application.saisie import Erreur, Saisie
from gateway.application.vues import changement as vues
from gateway.application.vues import formulaires
from gateway.application.vues.demandes import split
from gateway.application.vues.personnes import Noms, Vue, academie, ids_in, personne
from gateway.entrypoints.http import reprise
from gateway.entrypoints.http.application import application, service
from gateway.entrypoints.http.bureau import mes_demandes
from gateway.entrypoints.http.commandes import command, note_changement, saisie
from gateway.entrypoints.http.gardes import ENSEIGNANT, connecte
from gateway.entrypoints.http.moi import identite, mon_correspondant, personne_id
from gateway.entrypoints.http.pages import rendre, static_root
from gateway.entrypoints.http.pieces import safe
from gateway.entrypoints.http.signaler import form_errors
from gateway.entrypoints.http.televersement import SEVERAL_FILES, upload_all, usages_of

blueprint = Blueprint("changements", __name__)
Page = AnyResponse | tuple[str, int]


@blueprint.get("/dossier/changements")
@connecte(ENSEIGNANT)
def changements() -> Page:
    mine = [demande for demande in mes_demandes() if demande["nature"] == "changement"]
    return rendre("changements.html", demandes=split(mine))


@blueprint.get("/dossier/changements/<id>")
@connecte(ENSEIGNANT)
def changement(id: str) -> Page:
    return rendre("changement.html", changement=vue_changement(read(id)))


@blueprint.post("/dossier/changements/<id>/annuler")
@connecte(ENSEIGNANT)
def annuler(id: str) -> Page:
    try:
        note_changement(command("dossier", f"{_path(id)}/annuler", {}))
    except (EtatPerime, Conflit) as refusal:
        status = 412 if isinstance(refusal, EtatPerime) else 409
        return _overtaken(id, refusal.message, status)
    return redirect(f"/dossier/changements/{id}", 303)


@blueprint.get("/dossier/changements/<id>/completer")
@connecte(ENSEIGNANT)
def formulaire_complement(id: str) -> Page:
    data = read(id)
    if "completer" not in data["peut"]:
        return redirect(f"/dossier/changements/{id}", 303)
    typed = reprise.kept_form() or Saisie({n: [str(v)] for n, v in (data.get("saisie") or {}).items() if v})
    return _complement_form(data, typed)


@blueprint.post("/dossier/changements/<id>/completer")
@connecte(ENSEIGNANT)
@max_body(SEVERAL_FILES)
def completer(id: str) -> Page:
    data, typed = read(id), saisie()
    cas = _cas(data)
    errors = upload_all(typed, service("dossier"), personne_id(), usages_of(cas.get("pieces", [])))
    if errors or typed.texte("retirer"):
        return _complement_form(data, typed, errors)
    body = {
        "valeurs": typed.valeurs(cas["champs"]),
        "pieces": typed.pieces(),
        "message": typed.texte("message"),
    }
    try:
        note_changement(command("dossier", f"{_path(id)}/completer", body))
    except DonneesInvalides as refusal:
        return _complement_form(data, typed, form_errors(refusal, cas))
    except (EtatPerime, Conflit) as refusal:
        return _overtaken(id, refusal.message, 412 if isinstance(refusal, EtatPerime) else 409)
    except Indisponible as refusal:
        return _complement_form(data, typed, [{"champ": None, "message": refusal.message}], 503)
    return redirect(f"/dossier/changements/{id}", 303)


@blueprint.get("/dossier/changements/<id>/recu.pdf")
@connecte(ENSEIGNANT)
def recu(id: str) -> Page:
    data, who = read(id), identite()
    printed = application().clock.now().isoformat()
    vue = vues.recu(data, personne(who), academie(who.get("academie_libelle")), printed)
    document = pdf(render_template("recu.html", recu=vue), static_root())
    headers = {"Content-Disposition": f'inline; filename="recu-{data["reference"]}.pdf"'}
    return Response(document, mimetype="application/pdf", headers=headers)


def read(id: str) -> Mapping[str, Any]:
    data: Mapping[str, Any] = service("dossier").get(_path(id)).json()
    return data


def vue_changement(data: Mapping[str, Any]) -> Vue:
    noms = application().annuaire.noms(ids_in(data))
    shown = vues.changement(data, noms, personne_id(), f"/dossier/changements/{data['id']}")
    shown["correspondant"] = mon_correspondant()
    return shown


def _overtaken(id: str, message: str, status: int) -> Page:
    """Somebody acted first: the page as it is now, and why nothing was done."""
    shown = vue_changement(read(id))
    shown["conflit"] = {"message": message}
    return rendre("changement.html", status, changement=shown)


def _complement_form(
    data: Mapping[str, Any], typed: Saisie, errors: list[Erreur] | None = None, status: int = 422
) -> Page:
    definition, cas = _definition(data), _cas(data)
    present = {v["nom"]: v["presente"] for v in data["valeurs"] if v["presente"]}
    vue = formulaires.formulaire(request.path, definition, cas, typed, present, (), errors or ())
    vue |= {
        "reference": data["reference"],
        "cas_libelle": data["cas_libelle"],
        "complement": _signed(data.get("complement"), application().annuaire.noms(ids_in(data))),
        "rev": data["rev"],
        "lien": f"/dossier/changements/{data['id']}",
        "correspondant": mon_correspondant(),
    }
    return rendre("completer.html", status if errors else 200, formulaire=vue)


def _definition(data: Mapping[str, Any]) -> Mapping[str, Any]:
    definition: Mapping[str, Any] = application().definitions.rubriques(service("dossier"))[data["rubrique"]]
    return definition


def _cas(data: Mapping[str, Any]) -> Mapping[str, Any]:
    cases: list[Mapping[str, Any]] = _definition(data)["cas"]
    return next(case for case in cases if case["code"] == data["cas"])


def _path(id: str) -> str:
    return f"/dossiers/{personne_id()}/changements/{safe(id)}"


def _signed(act: Mapping[str, Any] | None, noms: Noms) -> Vue | None:
    return {**act, "par": noms.personne(act.get("par"))} if act else None
