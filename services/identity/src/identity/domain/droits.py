"""On whom a role lets somebody look (architecture §7), and how to say it to her."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from contracts import perimetre

Etat = Mapping[str, Any]
GESTIONNAIRE = "gestionnaire"
CHEF = "chef-etablissement"
INSPECTEUR = "inspecteur"


def peut_voir(acteur: Etat, agent: Etat, portefeuille: Etat | None, jour: date) -> bool:
    """`acteur` and `agent` are public states of persons; `portefeuille` is the agent's.

    Herself, her gestionnaire on that day, her chef d'établissement, the inspecteur of her discipline.
    """
    if not perimetre.compte_actif(acteur):
        return False
    if acteur["personne_id"] == agent["personne_id"]:
        return True
    if acteur["academie"] != agent["academie"]:
        return False
    return (
        (GESTIONNAIRE in acteur["roles"] and perimetre.gere(acteur["personne_id"], agent, portefeuille, jour))
        or (CHEF in acteur["roles"] and _meme(acteur["etablissement"], agent["etablissement"]))
        or (INSPECTEUR in acteur["roles"] and agent["discipline"] in acteur["disciplines_suivies"])
    )


def phrase_de_perimetre(
    roles: Iterable[str],
    academie: str,
    *,
    portefeuilles: Iterable[str] = (),
    etablissement: str | None = None,
    disciplines: Iterable[str] = (),
    service: str | None = None,
) -> str:
    """One French sentence per role; every argument is a label."""
    phrases = {
        "enseignant": "Votre propre dossier.",
        GESTIONNAIRE: _agents_de(list(portefeuilles)),
        CHEF: f"Les enseignants affectés à votre établissement : {etablissement or 'aucun pour l’instant'}.",
        INSPECTEUR: f"Les enseignants de l’académie de {academie} dans vos disciplines : "
        f"{', '.join(disciplines) or 'aucune pour l’instant'}.",
        "responsable": f"Les portefeuilles, les absences et les délais du service "
        f"{service or 'de gestion'}, dans l’académie de {academie}.",
        "administrateur": "Les comptes, les habilitations et les extraits chargés "
        f"de l’académie de {academie}. Aucun dossier.",
    }
    return " ".join(phrases[role] for role in roles if role in phrases)


def _agents_de(portefeuilles: list[str]) -> str:
    if not portefeuilles:
        return "Aucun portefeuille ne vous est confié pour l’instant."
    mot = "votre portefeuille" if len(portefeuilles) == 1 else "vos portefeuilles"
    return f"Les agents de {mot} : {' ; '.join(portefeuilles)}."


def _meme(un: str | None, autre: str | None) -> bool:
    return un is not None and un == autre
