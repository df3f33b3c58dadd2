"""The lines the gateway keeps of what others decided: codes, ids and dates, never a name or a text.

A line's `seq` is that of the last event it knows; `onglet` is the tab of the queue it stands in.
"""

from collections.abc import Mapping
from typing import Any, Literal

Line = dict[str, Any]
Onglet = Literal["a_prendre", "les_miens", "en_attente", "traites"]

GROUPE_RATTACHEMENTS, GROUPE_LIGNES = "gateway.rattachements.v1", "gateway.lignes.v1"
FILE, DEMANDES, FILS = "file_v1", "demandes_v1", "fils_v1"

ONGLETS_CHANGEMENT: Mapping[str, Onglet] = {
    "signale": "a_prendre",
    "pris_en_charge": "les_miens",
    "complement_demande": "en_attente",
    "accepte": "traites",
    "refuse": "traites",
    "annule": "traites",
    "repris": "traites",
}
ONGLETS_CV: Mapping[str, Onglet] = {
    "soumis": "a_prendre",
    "en_verification": "les_miens",
    "a_corriger": "en_attente",
    "verifie": "traites",
    "retire": "traites",
}
EN_COURS = frozenset({"a_prendre", "les_miens", "en_attente"})


def line_id(service: str, agregat: str, item: str) -> str:
    return f"{service}~{agregat}~{item}"


def of_changement(data: Mapping[str, Any]) -> Line:
    """The line of a changement, from the `data` of any `dossier.changement.*` event."""
    return {
        "service": "dossier",
        "nature": "changement",
        "agent": data["agent_id"],
        "item": data["changement_id"],
        "reference": data["reference"],
        "rubrique": data["rubrique"],
        "cas": data["cas"],
        "etat": data["etat"],
        "onglet": ONGLETS_CHANGEMENT.get(data["etat"], "traites"),
        "pris_par": data["pris_par"],
        "recu_le": data["signale_le"],
        "etat_depuis": data["etat_depuis"],
        "echeance": data["echeance"],
        "nb_pieces": data["nb_pieces"],
    }


def of_element(data: Mapping[str, Any]) -> Line:
    """The line of a CV element, from the `data` of any `cv.element.*` event."""
    return {
        "service": "cv",
        "nature": "cv",
        "agent": data["agent_id"],
        "item": data["element_id"],
        "reference": None,
        "rubrique": data["rubrique"],
        "cas": None,
        "etat": data["etat"],
        "onglet": ONGLETS_CV.get(data["etat"], "traites"),
        "pris_par": data["pris_par"],
        "recu_le": data["soumis_le"],
        "etat_depuis": data["etat_depuis"],
        "echeance": data["echeance"],
        "nb_pieces": data["nb_pieces"],
        "verifie_le": data["verifie_le"],
    }


def of_fil(data: Mapping[str, Any]) -> Line:
    """What both sides' thread lists and counts need of a thread."""
    return {
        "agent": data["agent_id"],
        "nature": data["nature"],
        "etat": data["etat"],
        "dernier_message_le": data["dernier_message_le"],
        "dernier_auteur": data["dernier_auteur"],
        "attend": data["attend"],
        "non_lus_agent": data["non_lus_agent"],
        "non_lus_gestionnaire": data["non_lus_gestionnaire"],
        "affecte_a": data["affecte_a"],
    }


def of_message(data: Mapping[str, Any]) -> Line:
    """A thread that waits for the gestionnaire is a thing to do: its line in the queue."""
    return {
        "service": "courrier",
        "nature": "message",
        "agent": data["agent_id"],
        "item": data["fil_id"],
        "reference": None,
        "rubrique": None,
        "cas": None,
        "etat": "clos" if data["etat"] == "clos" else f"attend_{data['attend']}",
        "onglet": _tab_of_fil(data),
        "pris_par": data["affecte_a"],
        "recu_le": data["dernier_message_le"],
        "etat_depuis": data["dernier_message_le"],
        "echeance": None,
        "nb_pieces": 0,
    }


def _tab_of_fil(data: Mapping[str, Any]) -> Onglet:
    if data["etat"] == "clos" or data["attend"] == "personne":
        return "traites"
    if data["attend"] == "agent":
        return "en_attente"
    return "les_miens" if data["affecte_a"] else "a_prendre"


def situation(agent: Mapping[str, Any] | None) -> Line:
    """Where a line belongs: to a portefeuille, never to a person. Unknown agent: to nobody."""
    known = agent or {}
    return {
        "portefeuille_id": known.get("portefeuille_id"),
        "corps": known.get("corps"),
        "etablissement": known.get("etablissement"),
    }


def changement_data(item: Mapping[str, Any]) -> dict[str, Any]:
    """A dossier's answer to a command, in the words of its events (what `of_changement` reads)."""
    return {
        "agent_id": item["agent"],
        "changement_id": item["id"],
        "nb_pieces": len(item["pieces"]),
        **{
            name: item.get(name)
            for name in (
                "reference",
                "rubrique",
                "cas",
                "etat",
                "signale_le",
                "etat_depuis",
                "echeance",
                "pris_par",
            )
        },
    }


def element_data(agent: str, item: Mapping[str, Any]) -> dict[str, Any]:
    """A CV's answer to a command, in the words of its events (what `of_element` reads)."""
    verification = item.get("verification") or {}
    return {
        "agent_id": agent,
        "element_id": item["id"],
        "nb_pieces": len(item["pieces"]),
        "verifie_le": verification.get("le"),
        **{name: item.get(name) for name in ("rubrique", "soumis_le", "etat_depuis", "echeance", "pris_par")},
        "etat": item.get("etat_soumis") or item["etat"],
    }


FIL = (
    "nature",
    "etat",
    "dernier_message_le",
    "dernier_auteur",
    "attend",
    "non_lus_agent",
    "non_lus_gestionnaire",
    "affecte_a",
)


def fil_data(item: Mapping[str, Any]) -> dict[str, Any] | None:
    """A thread's answer in the words of its events; None when it does not say them all."""
    if not all(name in item for name in FIL):
        return None
    return {"fil_id": item["id"], "agent_id": item["agent"], **{name: item[name] for name in FIL}}
