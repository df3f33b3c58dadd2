"""How long from a gestionnaire's click to the agent's open page: `python -m tests.charge.direct [tours]`.

Needs a running instance named by IPROF_E2E_PORT and IPROF_VAR. One request is taken in charge and
released again and again; each time the agent's page, left open, must show it. Printed beside the time
of one page of the same gateway in the same run: the ratio travels between machines, seconds do not.
"""

import statistics
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta

from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e.fixtures import chromium_of, sign_in
from tests.e2e.gestes import Personne, ouvre_la_demande, signale_un_demenagement
from tests.e2e.instance import Instance, already_running

TOURS = 100


def main() -> int:
    instance = already_running()
    if instance is None:
        sys.exit("IPROF_E2E_PORT does not name a running instance.")
    tours = int(sys.argv[1]) if len(sys.argv) > 1 else TOURS
    with sync_playwright() as playwright:
        browser = chromium_of(playwright)
        seen, page = measure(browser, instance, tours)
        browser.close()
    report("decision to the other browser", seen)
    report("one page (/bureau)", page)
    sys.stdout.write(f"ratio p50 {statistics.median(seen) / statistics.median(page):.2f}\n")
    return 0


def measure(browser: Browser, instance: Instance, tours: int) -> tuple[list[float], list[float]]:
    """Seconds from the click to the other page, and seconds for one page, one of each per turn."""
    passwords = {account["identifiant"]: account["mot_de_passe"] for account in instance.accounts()}
    rene = open_session(browser, instance, "rdupont", passwords)
    sylvie = open_session(browser, instance, "sperrin", passwords)
    rue = f"{int(time.time()) % 9000} rue de la Mesure"
    demande = signale_un_demenagement(rene, rue, date.today() - timedelta(days=1))
    ouvre_la_demande(sylvie, "Déménagement")
    rene.va("/bureau")
    seen, page = [], []
    for tour in range(tours):
        button, shown = ("Libérer", "Transmis") if tour % 2 else ("Prendre en charge", "Pris en charge par")
        seen.append(time_until_shown(sylvie, button, rene.page, demande, shown))
        page.append(timed(lambda: rene.page.request.get(f"{instance.url}/bureau")))
    return seen, page


def open_session(browser: Browser, instance: Instance, who: str, passwords: dict[str, str]) -> Personne:
    someone = Personne(browser.new_context(locale="fr-FR").new_page(), instance.url)
    sign_in(someone, who, passwords[who])
    return someone


def time_until_shown(sylvie: Personne, button: str, page: Page, demande: str, shown: str) -> float:
    """The click does not wait for her own next page: only what the other sees counts."""
    sylvie.page.wait_for_load_state()
    target = sylvie.bouton(button)
    target.wait_for()
    start = time.perf_counter()
    target.click(no_wait_after=True)
    page.locator(".demande", has_text=demande).locator(".etat", has_text=shown).wait_for(timeout=30_000)
    return time.perf_counter() - start


def timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def report(what: str, seconds: list[float]) -> None:
    ordered = sorted(seconds)
    p50, p95 = statistics.median(ordered), ordered[int(len(ordered) * 0.95) - 1]
    sys.stdout.write(f"{what}: n {len(ordered)}, p50 {p50 * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms\n")


if __name__ == "__main__":
    sys.exit(main())
