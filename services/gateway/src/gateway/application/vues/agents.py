"""The agents of a gestionnaire's portefeuilles."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from gateway.application.vues.dossier import groupes
from gateway.application.vues.libelles import Libelles
from gateway.application.vues.pagination import pagination
from gateway.application.vues.personnes import Vue, personne


def agents(
    found: Mapping[str, Any] | None, q: str, portefeuille: str, portefeuilles: Sequence[Mapping[str, Any]]
) -> Vue:
    words = {p["id"]: p["libelle"] for p in portefeuilles}
    answer = found or {"agents": [], "total": 0, "page": 1, "pages": 1}
    size = max(1, -(-answer["total"] // max(1, answer["pages"])))
    return {
        "q": q,
        "portefeuille": portefeuille,
        "portefeuilles": [{"code": code, "libelle": word} for code, word in words.items()],
        "resultats": [_resultat(agent, words) for agent in answer["agents"]],
        "pagination": pagination(
            answer["page"], answer["total"], size, lambda page: _address(q, portefeuille, page)
        ),
        "cherche": bool(q or portefeuille),
        "indisponible": found is None,
    }


def agent(
    identite: Mapping[str, Any],
    dossier: Mapping[str, Any] | None,
    libelles: Libelles,
    demandes: list[Vue] | None,
    cv: Vue | None,
    fils: list[Vue] | None,
) -> Vue:
    id = identite["personne_id"]
    return {
        "personne": personne(identite),
        "lien": f"/agents/{id}",
        "corps_libelle": identite.get("corps_libelle"),
        "etablissement": etablissement(identite.get("etablissement")),
        "discipline_libelle": identite.get("discipline_libelle"),
        "lien_ecrire": f"/courrier/nouveau?agent={id}",
        "groupes": groupes(dossier["rubriques"], libelles) if dossier else None,
        "a_jour_au": dossier["a_jour_au"] if dossier else None,
        "numen_masque": dossier.get("numen_masque") if dossier else None,
        "demandes": demandes,
        "cv": cv["rubriques"] if cv else None,
        "fils": fils,
    }


def etablissement(place: Mapping[str, Any] | str | None) -> str | None:
    if not isinstance(place, Mapping):
        return place
    return ", ".join(filter(None, [place.get("denomination"), place.get("commune")])) or None


def _resultat(agent: Mapping[str, Any], words: Mapping[str, str]) -> Vue:
    return {
        **(personne(agent) or {}),
        "lien": f"/agents/{agent['personne_id']}",
        "corps_libelle": agent.get("corps_libelle"),
        "etablissement": etablissement(agent.get("etablissement")),
        "portefeuille_libelle": words.get(agent.get("portefeuille_id") or "", agent.get("portefeuille_id")),
    }


def _address(q: str, portefeuille: str, page: int) -> str:
    shown = {"q": q, "portefeuille": portefeuille, "page": page if page > 1 else ""}
    query = urlencode({name: value for name, value in shown.items() if value})
    return f"/agents?{query}" if query else "/agents"
