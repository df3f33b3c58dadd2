"""One thing to decide: proof beside values, the decision, what comes next."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from chassis.clock import paris_date
from chassis.errors import Conflit, DonneesInvalides, EtatPerime, Indisponible
from chassis.http import max_body
from gateway.application.decisions import body_of, route_of
from gateway.application.filtres import Filtre, criteria
from gateway.application.lignes import Line, changement_data, element_data, of_changement, of_element
from gateway.application.saisie import Erreur, Saisie
from gateway.application.vues import poste as vues
from gateway.application.vues.personnes import Vue, ids_in
from gateway.entrypoints.http import reprise
from gateway.entrypoints.http.application import application, service
from gateway.entrypoints.http.bureau import attempt, mots
from gateway.entrypoints.http.commandes import command, note, saisie
from gateway.entrypoints.http.courrier import PEOPLE, mark_read, message_errors
from gateway.entrypoints.http.gardes import GESTIONNAIRE, connecte
from gateway.entrypoints.http.moi import mes_portefeuilles, personne_id
from gateway.entrypoints.http.pages import rendre
from gateway.entrypoints.http.pieces import owner_of
from gateway.entrypoints.http.televersement import SEVERAL_FILES, upload_all

blueprint = Blueprint("poste", __name__)
Page = Response | tuple[str, int]
WHY = {"X-Motif-Consultation": "demande"}


@blueprint.get("/file/<id>")
@connecte(GESTIONNAIRE)
def poste(id: str) -> Page:
    return rendre("poste.html", poste=vue_poste(id, reprise.kept_form() or Saisie({})))


@blueprint.post("/file/<id>")
@connecte(GESTIONNAIRE)
@max_body(SEVERAL_FILES)
def decider(id: str) -> Page:
    (name, path), typed = owner_of(id), saisie()
    wanted = typed.texte("commande")
    if name == "courrier" and wanted == "envoyer":
        errors = upload_all(typed, service("courrier"), read(id)["agent"], {"fichier": "fichier"})
        if errors:
            return _again(id, typed, errors, 422)
    try:
        answer = command(
            name,
            f"{path}/{route_of(name, wanted)}",
            body_of(name, wanted, typed, _motifs(name)),
            with_rev=name != "courrier",
        )
    except DonneesInvalides as refusal:
        return _again(id, typed, message_errors(refusal), 422)
    except (EtatPerime, Conflit) as refusal:
        return _overtaken(id, typed, refusal.message, 412 if isinstance(refusal, EtatPerime) else 409)
    except Indisponible as refusal:
        return _again(id, typed, [{"champ": None, "message": refusal.message}], 503)
    note(name, id, answer)
    return redirect(f"/file/{id}", 303)


def read(id: str) -> Mapping[str, Any]:
    name, path = owner_of(id)
    data: Mapping[str, Any] = service(name).get(path, headers=WHY).json()
    return data


def vue_poste(id: str, typed: Saisie, errors: list[Erreur] | None = None) -> Vue:
    """Read from its owner, who decides whether this person may; our own line only says where it stands."""
    name, _ = owner_of(id)
    data, wired, moi = read(id), application(), personne_id()
    line = _line(id, name, data)
    noms = wired.annuaire.noms(ids_in(data, PEOPLE | {"par", "pris_par"}) | {line["agent"]})
    shown = vues.poste(line, noms, mots(), moi, typed, errors or ())
    if name == "courrier":
        mark_read(data)
        shown = vues.with_fil(shown, data, noms, moi)
    elif name == "cv":
        shown = vues.with_element(shown, data, _motifs(name), noms, moi)
    else:
        shown = vues.with_changement(shown, data, _motifs(name), noms, moi)
    return _situated(shown, line)


def _situated(shown: Vue, line: Line) -> Vue:
    """Its rank in its tab, what comes next, who else looks."""
    wired = application()
    filtre = Filtre(onglet=line["onglet"])
    wanted = criteria(filtre, mes_portefeuilles(), personne_id(), paris_date(wired.clock.now()))
    rank, total, following = wired.lignes.around(filtre, wanted, line["_id"])
    shown["position"] = {"rang": rank, "total": total} if rank else None
    if following:
        agent = wired.annuaire.noms([following["agent"]]).appel(following["agent"], "Agent")
        titre = f"{agent}, {vues.dans_la_phrase(mots().titre(following))}"
        shown["suivant"] = {"lien": f"/file/{following['_id']}", "titre": titre}
    shown["presence"] = presence(line["_id"])
    asked = request.args.get("piece", "")
    if asked.isdecimal() and any(piece["n"] == int(asked) for piece in shown["pieces"]):
        shown["piece_courante"] = int(asked)
    return shown


def presence(id: str) -> list[Vue]:
    wired = application()
    others = wired.presences.look(id, personne_id())
    noms = wired.annuaire.noms(others)
    return [shown for other in others if (shown := noms.personne(other))]


def _line(id: str, name: str, data: Mapping[str, Any]) -> Line:
    """The line as its owner's answer makes it: true even while Kafka is late."""
    if name == "dossier":
        return {"_id": id, "seq": data["rev"], **of_changement(changement_data(data))}
    if name == "cv":
        return {"_id": id, "seq": data["rev"], **of_element(element_data(id.split("~")[1], data))}
    known = application().lignes.one(id)
    return known or {
        "_id": id, "seq": data["rev"], "service": "courrier", "nature": "message", "agent": data["agent"],
        "item": data["id"], "reference": None, "rubrique": None, "cas": None, "etat": data["etat"],
        "onglet": "traites", "pris_par": data.get("affecte_a"), "recu_le": data["dernier_message_le"],
        "etat_depuis": data["dernier_message_le"], "echeance": None, "nb_pieces": 0,
    }  # fmt: skip


def _motifs(name: str) -> list[dict[str, Any]]:
    if name == "courrier":
        return []
    return attempt(lambda: application().definitions.motifs(service(name))) or []


def _again(id: str, typed: Saisie, errors: list[Erreur], status: int) -> Page:
    return rendre("poste.html", status, poste=vue_poste(id, typed, errors))


def _overtaken(id: str, typed: Saisie, message: str, status: int) -> Page:
    """Somebody decided first: their decision is shown and the text typed here is kept."""
    shown = vue_poste(id, typed)
    shown["conflit"] = {"message": message}
    return rendre("poste.html", status, poste=shown)
