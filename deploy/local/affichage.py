"""The tables and lines people read in their terminal."""

import sys
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from deploy.local.machine import Besoin, remedy_text

PIPED_WIDTH = 130
STATES = {"en_marche": "en marche", "redemarre": "redémarre", "arrete": "arrêté", "termine": "terminé"}
VIA = {
    "embarque": "embarqué",
    "adresse donnee": "adresse donnée",
    "processus": "processus",
    "conteneur": "conteneur",
}


def _console() -> Console:
    """In a pipe or a log there is no terminal to ask for its width."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else PIPED_WIDTH)


console = _console()


def _table(title: str, *columns: str) -> Table:
    return Table(*columns, title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD)


def step(text: str) -> None:
    console.print(f"[dim]·[/dim] {text}", markup=True)


def services_table(found: dict[str, Any]) -> Table:
    table = _table("I-Prof", "Service", "État", "Prêt", "Adresse", "Par")
    for line in found["services"]:
        again = f" ({line['redemarrages']} redémarrages)" if line["redemarrages"] else ""
        ready = "[green]oui[/green]" if line["pret"] else "[red]non[/red]"
        table.add_row(line["nom"], STATES[line["etat"]] + again, ready, line["url"], VIA[line["via"]])
    return table


def accounts_table(accounts: list[dict[str, Any]]) -> Table:
    table = _table("Comptes de démonstration", "Identifiant", "Mot de passe", "Rôle", "Nom", "Portefeuilles")
    for line in accounts:
        briefcases = ", ".join(line.get("portefeuilles") or [])
        table.add_row(line["identifiant"], line["mot_de_passe"], line["role"], line["nom"], briefcases)
    return table


def needs_table(needs: list[tuple[Besoin, bool]]) -> Table:
    table = _table("Cette machine", "Il faut", "Pour", "Ici", "Remède")
    for need, there in needs:
        mark = "[green]oui[/green]" if there else "[red]non[/red]"
        table.add_row(need.name, need.why, mark, "" if there else remedy_text([need]))
    return table
