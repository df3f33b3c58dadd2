"""The gestionnaire's commands, from the buttons of the page to each service's words."""

from collections.abc import Mapping, Sequence
from typing import Any

from chassis.errors import Introuvable
from gateway.application.saisie import Saisie

ROUTES: Mapping[str, Mapping[str, str]] = {
    "dossier": {
        "prendre-en-charge": "prendre-en-charge",
        "liberer": "liberer",
        "accepter": "accepter",
        "refuser": "refuser",
        "demander-complement": "demander-complement",
    },
    "cv": {
        "prendre-en-charge": "prendre-en-charge",
        "liberer": "liberer",
        "verifier": "verifier",
        "refuser": "a-corriger",
        "demander-complement": "a-corriger",
    },
    "courrier": {
        "prendre-en-charge": "prendre-en-charge",
        "envoyer": "messages",
        "clore": "clore",
        "rouvrir": "rouvrir",
    },
}
NATURES = {"refuser": "refus", "demander-complement": "complement"}


def route_of(name: str, wanted: str) -> str:
    """The last part of the command's address at its owner. Raises Introuvable for an unknown button."""
    route = ROUTES[name].get(wanted)
    if route is None:
        raise Introuvable("Cet acte n’existe pas ici. Rouvrez la page et recommencez.")
    return route


def body_of(name: str, wanted: str, typed: Saisie, motifs: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The command's content. A model chosen without a text lends its own."""
    if wanted == "envoyer":
        return {"texte": typed.texte("texte"), "pieces": typed.pieces()}
    if wanted == "accepter":
        return {"vu": typed.tous("vu")}
    if wanted not in NATURES:
        return {}
    modele = typed.texte("modele") or None
    body: dict[str, Any] = {"motif": typed.texte("motif") or text_of(modele, motifs), "modele": modele}
    if name == "cv":
        return {**body, "nature": NATURES[wanted]}
    if wanted == "demander-complement":
        body["avant"] = typed.date("avant") or None
    return body


def text_of(modele: str | None, motifs: Sequence[Mapping[str, Any]]) -> str:
    return next((str(m.get("texte") or "") for m in motifs if m["code"] == modele), "")
