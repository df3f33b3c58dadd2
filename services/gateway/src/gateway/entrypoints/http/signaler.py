"""Reporting a change: the form, the check page, Transmettre, the confirmation."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from chassis.errors import Conflit, DonneesInvalides, Indisponible, Introuvable
from chassis.http import max_body
from gateway.application.saisie import Erreur, Saisie, champ_du_formulaire, premieres_erreurs
from gateway.application.vues import changement as vues
from gateway.application.vues import formulaires
from gateway.entrypoints.http import reprise
from gateway.entrypoints.http.application import application, service
from gateway.entrypoints.http.bureau import delai_reponse
from gateway.entrypoints.http.commandes import command, note_changement, saisie
from gateway.entrypoints.http.gardes import ENSEIGNANT, connecte
from gateway.entrypoints.http.moi import mon_correspondant, personne_id
from gateway.entrypoints.http.pages import rendre
from gateway.entrypoints.http.pieces import safe
from gateway.entrypoints.http.televersement import SEVERAL_FILES, upload_all, usages_of

blueprint = Blueprint("signaler", __name__)
Page = Response | tuple[str, int]


@blueprint.get("/dossier/<rubrique>/signaler")
@connecte(ENSEIGNANT)
def formulaire(rubrique: str) -> Page:
    definition = _definition(rubrique)
    if checked := reprise.kept_form("verifier"):
        return _check_page(definition, checked)
    if given := reprise.kept_form():
        return _form(definition, given)
    kept = reprise.draft()
    asked = {name: [value] for name, value in request.args.items() if name in ("cas", "demande_citee")}
    if kept and "cas" not in asked:
        return _form(definition, kept[0], brouillon_le=kept[1].isoformat())
    return _form(definition, Saisie(asked))


@blueprint.post("/dossier/<rubrique>/signaler")
@connecte(ENSEIGNANT)
@max_body(SEVERAL_FILES)
def envoyer(rubrique: str) -> Page:
    definition, typed = _definition(rubrique), saisie()
    cas = formulaires.cas_choisi(definition, typed.texte("cas"))
    if cas is None:
        return _form(definition, typed)
    errors = upload_all(typed, service("dossier"), personne_id(), usages_of(cas.get("pieces", [])))
    action = typed.texte("action")
    if action == "brouillon" and not errors:
        reprise.keep_draft(typed)
        return redirect(request.path, 303)
    if typed.texte("retirer"):
        return _form(definition, typed)
    errors = premieres_erreurs(typed, cas, errors)
    if errors:
        return _form(definition, typed, errors)
    if action != "transmettre":
        return redirect(f"{request.path}?verifier={reprise.keep(typed)}", 303)
    return _transmit(definition, cas, typed)


@blueprint.get("/dossier/changements/<id>/confirmation")
@connecte(ENSEIGNANT)
def confirmation(id: str) -> Page:
    data = service("dossier").get(f"/dossiers/{personne_id()}/changements/{safe(id)}").json()
    return rendre("signaler-confirmation.html", confirmation=vues.confirmation(data, mon_correspondant()))


def _transmit(definition: Mapping[str, Any], cas: Mapping[str, Any], typed: Saisie) -> Page:
    body = {
        "rubrique": definition["code"],
        "cas": cas["code"],
        "valeurs": typed.valeurs(cas["champs"]),
        "date_effet": typed.date("date_effet"),
        "pieces": typed.pieces(),
        "message": typed.texte("message"),
        "demande_citee": typed.texte("demande_citee") or None,
    }
    path = f"/dossiers/{personne_id()}/changements"
    try:
        item = note_changement(command("dossier", path, body, with_rev=False, key=typed.texte("verifiee")))
    except DonneesInvalides as refusal:
        return _form(definition, typed, form_errors(refusal, cas))
    except (Conflit, Indisponible) as refusal:
        status = 503 if isinstance(refusal, Indisponible) else 409
        return _form(definition, typed, [{"champ": None, "message": refusal.message}], status)
    reprise.drop_draft()
    return redirect(f"/dossier/changements/{item['id']}/confirmation", 303)


def form_errors(refusal: DonneesInvalides, cas: Mapping[str, Any]) -> list[Erreur]:
    """A service's refusal, beside the inputs of this form."""
    found = [{"champ": champ_du_formulaire(e.champ, cas), "message": e.message} for e in refusal.erreurs]
    return found or [{"champ": None, "message": refusal.message}]


def _form(
    definition: Mapping[str, Any],
    typed: Saisie,
    errors: list[Erreur] | None = None,
    status: int = 422,
    brouillon_le: str | None = None,
) -> Page:
    cas = formulaires.cas_choisi(definition, typed.texte("cas"))
    known = _rubrique(definition["code"])
    vue = formulaires.formulaire(
        request.path,
        definition,
        cas,
        typed,
        formulaires.presentes(known),
        formulaires.entrees_en_vigueur(known),
        errors or (),
    )
    vue |= {
        "correspondant": mon_correspondant(),
        "delai_reponse": delai_reponse(),
        "brouillon_le": brouillon_le,
    }
    return rendre("signaler.html", status if errors else 200, formulaire=vue)


def _check_page(definition: Mapping[str, Any], typed: Saisie) -> Page:
    cas = formulaires.cas_choisi(definition, typed.texte("cas"))
    if cas is None:
        return _form(definition, typed)
    known = formulaires.presentes(_rubrique(definition["code"]))
    vue = vues.verification(request.path, definition, cas, typed, known)
    vue["lien_modifier"] = f"{request.path}?reprise={request.args['verifier']}"
    vue["caches"].append(["verifiee", request.args["verifier"]])
    vue |= {"correspondant": mon_correspondant(), "delai_reponse": delai_reponse()}
    return rendre("signaler-verifier.html", verification=vue)


def _definition(rubrique: str) -> Mapping[str, Any]:
    found = application().definitions.rubriques(service("dossier")).get(rubrique)
    if found is None or not found.get("cas"):
        raise Introuvable("Cette rubrique n’existe pas, ou rien ne peut y être signalé ici.")
    definition: Mapping[str, Any] = found
    return definition


def _rubrique(code: str) -> Mapping[str, Any] | None:
    data: Mapping[str, Any] = service("dossier").get(f"/dossiers/{personne_id()}/rubriques/{code}").json()
    return data
