"""« Vos demandes » and « À faire »: every request of an agent, from the gateway's own lines."""

from collections.abc import Iterable, Mapping
from typing import Any

from gateway.application.vues.libelles import Libelles
from gateway.application.vues.personnes import Noms, Vue

A_VOUS = frozenset({"complement_demande", "a_corriger"})
TERMINEES = frozenset({"accepte", "refuse", "annule", "repris", "verifie", "retire"})


def demande(line: Mapping[str, Any], libelles: Libelles, noms: Noms) -> Vue:
    changement = line["service"] == "dossier"
    return {
        "nature": "changement" if changement else "cv",
        "id": line["item"],
        "lien": f"/dossier/changements/{line['item']}" if changement else f"/cv#{line['item']}",
        "titre": _titre(line, libelles),
        "reference": line["reference"],
        "etat": line["etat"],
        "etat_depuis": line["etat_depuis"],
        "pris_par": noms.personne(line["pris_par"]),
        "echeance": line["echeance"],
    }


def demandes(lines: Iterable[Mapping[str, Any]], libelles: Libelles, noms: Noms) -> list[Vue]:
    """Most recently moved first; a draft is not a request."""
    shown = [line for line in lines if line["etat"] != "brouillon"]
    shown.sort(key=lambda line: line["etat_depuis"] or "", reverse=True)
    return [demande(line, libelles, noms) for line in shown]


def split(shown: Iterable[Vue]) -> Vue:
    """What is under way and what is over."""
    every = list(shown)
    return {
        "en_cours": [d for d in every if d["etat"] not in TERMINEES],
        "terminees": [d for d in every if d["etat"] in TERMINEES],
    }


def a_faire(shown: Iterable[Vue], manques: Iterable[Mapping[str, Any]] = ()) -> list[Vue]:
    """What waits for the agent: requests sent back to her, then what her file lacks."""
    return [_tache(d) for d in shown if d["etat"] in A_VOUS] + [_manque(m) for m in manques]


def _titre(line: Mapping[str, Any], libelles: Libelles) -> str:
    titre, detail = libelles.titre(line), libelles.detail(line)
    return f"{titre} : {_lower_first(detail)}" if detail and detail != titre else titre


def _tache(shown: Vue) -> Vue:
    complement = shown["etat"] == "complement_demande"
    return {
        "titre": f"Compléter votre demande « {shown['titre']} »"
        if complement
        else f"Corriger « {shown['titre']} »",
        "lien": shown["lien"],
        "detail": "Votre gestionnaire attend une précision ou une pièce."
        if complement
        else "Votre gestionnaire vous dit quoi corriger.",
        "etat": shown["etat"],
        "avant": shown["echeance"],
    }


def _manque(manque: Mapping[str, Any]) -> Vue:
    return {
        "titre": f"Compléter « {manque['libelle']} »",
        "lien": f"/dossier/{manque['rubrique']}",
        "detail": "Il manque une information dans cette rubrique.",
        "etat": None,
        "avant": None,
    }


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
