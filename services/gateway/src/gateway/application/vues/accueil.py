"""The welcome page: one's académie, by région académique."""

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from gateway.application.vues.personnes import Vue

Academie = Mapping[str, Any]


def accueil(
    academies: Iterable[Academie], q: str, choisie: str, services: str | None, retour: str | None
) -> Vue:
    every = list(academies)
    found = [academie for academie in every if matches(academie, q)]
    return {
        "regions": regions(found),
        "q": q,
        "choisie": next((_choix(academie) for academie in every if academie["slug"] == choisie), None),
        "services": services,
        "retour": retour,
    }


def regions(academies: Iterable[Academie]) -> list[Vue]:
    grouped: dict[str, list[Vue]] = {}
    for academie in academies:
        grouped.setdefault(academie["region"], []).append(_choix(academie))
    return [{"libelle": region, "academies": found} for region, found in grouped.items()]


def matches(academie: Academie, q: str) -> bool:
    """Every word of the search is somewhere in the académie's name, région, départements or towns."""
    haystack = plain(" ".join([academie["libelle"], academie["region"], *academie.get("mots", ())]))
    return all(word in haystack for word in plain(q).split())


def plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe").replace("’", "'"))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).replace("-", " ")


def _choix(academie: Academie) -> Vue:
    return {"code": academie["slug"], "libelle": academie["libelle"]}
