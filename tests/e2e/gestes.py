"""What people do, in the words of the pages: the tests read as stories."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from secrets import randbelow

from playwright.sync_api import Locator, Page, expect


@dataclass
class Personne:
    """Somebody at her browser."""

    page: Page
    url: str

    def va(self, path: str) -> int:
        """Opens a page and gives its HTTP status."""
        answer = self.page.goto(f"{self.url}{path}")
        assert answer is not None
        return answer.status

    def clique(self, name: str) -> None:
        """Presses the button or follows the link of that name."""
        self.bouton(name).click()

    def envoie(self, name: str) -> int:
        """Presses a button and gives the status of the answer to what it posted."""
        with self.page.expect_response(lambda answer: answer.request.method == "POST") as posted:
            self.clique(name)
        self.page.wait_for_load_state()
        return posted.value.status

    def bouton(self, name: str) -> Locator:
        pattern = re.compile(rf"^{re.escape(name)}")
        main = self.page.locator("main")
        return main.get_by_role("button", name=pattern).or_(main.get_by_role("link", name=pattern)).first

    def remplit(self, label: str, value: str) -> None:
        self.page.get_by_label(re.compile(rf"^{re.escape(label)}")).first.fill(value)

    def choisit(self, label: str) -> None:
        self.page.get_by_label(re.compile(rf"^{re.escape(label)}")).first.check()

    def date(self, name: str, day: date) -> None:
        self.date_en_lettres(name, f"{day.day}/{day.month}/{day.year}")

    def date_en_lettres(self, name: str, text: str) -> None:
        """The three fields of a date, whatever is between the slashes."""
        for part, value in zip(("jour", "mois", "annee"), text.split("/"), strict=True):
            self.page.locator(f"[name={name}_{part}]").fill(value)

    def joint(self, name: str, *files: Path) -> None:
        self.page.locator(f"input[type=file][name={name}]").set_input_files(list(files))

    def voit(self, text: str, timeout: float = 15_000) -> None:
        expect(self.page.locator("main")).to_contain_text(text, timeout=timeout)

    def ne_voit_pas(self, text: str) -> None:
        expect(self.page.locator("main")).not_to_contain_text(text)


def s_identifie(someone: Personne, identifiant: str, password: str) -> None:
    """On Keycloak's own page, as anybody does; coming back, it already knows her name."""
    someone.page.locator("#kc-login").wait_for()
    if someone.page.locator("#username").is_visible():
        someone.page.locator("#username").fill(identifiant)
    someone.page.locator("#password").fill(password)
    someone.page.locator("#kc-login").click()
    someone.page.wait_for_url(f"{someone.url}/**")


def adresse_neuve(rue: str) -> str:
    """An address that no earlier run on this instance had accepted."""
    return f"{1 + randbelow(9_000)}, {rue}"


def remplit_un_demenagement(agent: Personne, adresse: str, jour: date) -> None:
    """Opens the form of a move and fills it."""
    agent.va("/dossier/coordonnees/signaler?cas=adresse")
    agent.remplit("Adresse", adresse)
    agent.remplit("Code postal", "69003")
    agent.remplit("Commune", "Lyon")
    agent.date("date_effet", jour)


def signale_un_demenagement(agent: Personne, adresse: str, jour: date) -> str:
    """Reports a move, checks the answers, sends; gives the reference."""
    remplit_un_demenagement(agent, adresse, jour)
    return _transmet(agent)


def signale_une_naissance(agent: Personne, prenom: str, jour: date, acte: Path | None) -> str:
    agent.va("/dossier/enfants/signaler?cas=naissance")
    agent.remplit("Prénom", prenom)
    agent.date("date_effet", jour)
    if acte is not None:
        agent.joint("piece_acte_naissance", acte)
    return _transmet(agent)


def _transmet(agent: Personne) -> str:
    agent.clique("Vérifier vos réponses")
    agent.clique("Transmettre")
    return reference(agent)


def reference(agent: Personne) -> str:
    """The reference number shown on the page."""
    agent.voit("LYO-")
    found = re.search(r"LYO-\d{4}-[A-Z0-9]+", agent.page.locator("main").inner_text())
    assert found, agent.page.locator("main").inner_text()
    return found[0]


def ouvre_la_demande(gestionnaire: Personne, texte: str, onglet: str = "a_prendre") -> None:
    """Opens the newest line of the queue that shows this text."""
    gestionnaire.va(f"/file?onglet={onglet}&tri=recent")
    gestionnaire.page.locator("tr", has_text=texte).first.get_by_role("link").first.click()


def ouvre_la_reference(gestionnaire: Personne, reference: str, onglet: str = "a_prendre") -> None:
    """Opens the line of the queue that has this number."""
    gestionnaire.va(f"/file?onglet={onglet}&q={reference}")
    gestionnaire.page.locator("tbody th a").first.click()
    gestionnaire.voit(reference)
