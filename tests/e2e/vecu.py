"""A few days of work, so that every page has something in it: Rachel Dupont and Anne-Marie Le Goff."""

from datetime import date, timedelta
from pathlib import Path

from tests.e2e.gestes import Personne, ouvre_la_reference, signale_un_demenagement, signale_une_naissance
from tests.e2e.pieces import write_document

HIER = date.today() - timedelta(days=1)

Adresses = dict[str, str]


def vivre(agente: Personne, gestionnaire: Personne, folder: Path) -> Adresses:
    """One thing in each state; gives the addresses' variable parts, by name."""
    return {
        **_changements(agente, gestionnaire, write_document(folder / "acte.pdf", "Acte de naissance")),
        **_cv(agente, gestionnaire, write_document(folder / "master.png", "Master")),
        **_courrier(agente, gestionnaire, write_document(folder / "arrete.pdf", "Arrete")),
    }


def _changements(agente: Personne, gestionnaire: Personne, acte: Path) -> Adresses:
    a_completer = signale_une_naissance(agente, "Lou", HIER, acte)
    found = {"a_completer": _id(agente)}
    ouvre_la_reference(gestionnaire, a_completer)
    gestionnaire.clique("Prendre en charge")
    gestionnaire.remplit("Motif", "La page deux manque.")
    gestionnaire.clique("Demander un complément")
    gestionnaire.voit("Complément demandé")

    refuse = signale_un_demenagement(agente, "1, place du Pont", HIER)
    found["refuse"] = _id(agente)
    ouvre_la_reference(gestionnaire, refuse)
    gestionnaire.clique("Prendre en charge")
    gestionnaire.remplit("Motif", "L’adresse n’existe pas.")
    gestionnaire.clique("Refuser")
    gestionnaire.voit("Refusé")

    pris = signale_une_naissance(agente, "Noé", HIER, acte)
    ouvre_la_reference(gestionnaire, pris)
    gestionnaire.clique("Prendre en charge")
    gestionnaire.voit("Libérer")
    found |= {"ligne_prise": _last(gestionnaire), "agente": _last(gestionnaire).split("~")[1]}

    signale_un_demenagement(agente, "2, place du Pont", HIER)
    return {**found, "transmis": _id(agente)}


def _cv(agente: Personne, gestionnaire: Personne, scan: Path) -> Adresses:
    _diplome(agente, "Licence d’histoire", scan, "Garder le brouillon")
    agente.page.get_by_role("link", name="Modifier").first.click()
    found = {"brouillon": _last(agente)}
    _diplome(agente, "Master d’histoire", scan, "Soumettre à vérification")
    gestionnaire.va("/file?nature=cv&tri=recent")
    gestionnaire.page.locator("tbody th a").first.click()
    gestionnaire.voit("Master d’histoire")
    return {**found, "ligne_cv": _last(gestionnaire)}


def _courrier(agente: Personne, gestionnaire: Personne, piece: Path) -> Adresses:
    agente.va("/courrier/nouveau")
    agente.remplit("Sujet", "Un arrêté")
    agente.remplit("Votre message", "Bonjour, voici l’arrêté.")
    agente.joint("fichier", piece)
    agente.clique("Envoyer")
    agente.voit("arrete.pdf")
    gestionnaire.va("/file?nature=message&tri=recent")
    gestionnaire.page.locator("tbody th a").first.click()
    gestionnaire.voit("voici l’arrêté")
    return {"fil": _last(agente), "ligne_message": _last(gestionnaire)}


def _diplome(agente: Personne, intitule: str, scan: Path, bouton: str) -> None:
    agente.va("/cv/elements/nouveau?rubrique=diplomes")
    agente.remplit("Intitulé du diplôme", intitule)
    agente.remplit("Établissement", "Université Lumière")
    agente.date("obtenu_le", date(2018, 7, 1))
    agente.joint("piece_diplome", scan)
    agente.clique(bouton)
    agente.voit(intitule)


def _id(agente: Personne) -> str:
    """The request whose confirmation is shown."""
    return agente.page.url.rsplit("/", 2)[1]


def _last(someone: Personne) -> str:
    return someone.page.url.rsplit("/", 1)[1].partition("?")[0].partition("#")[0]
