"""A browser, a system, and people who sign in."""

import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from deploy.local.processus import wait_until
from tests.e2e.coulisses import Coulisses
from tests.e2e.gestes import Personne, s_identifie
from tests.e2e.instance import Instance, already_running, running
from tests.e2e.vecu import vivre

CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DEMO_ACCOUNTS = 22
TIMEOUT_MS = 20_000


@pytest.fixture(scope="session")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    given = already_running()
    if given is not None:
        yield given
        return
    with running(tmp_path_factory.mktemp("iprof")) as started:
        yield started


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = chromium_of(playwright)
        yield chromium
        chromium.close()


def chromium_of(playwright: Playwright) -> Browser:
    """The machine's own Chromium, kept from calling home."""
    return playwright.chromium.launch(
        executable_path=shutil.which("chromium"), args=CHROMIUM_OPTIONS, headless=True
    )


@pytest.fixture(scope="session")
def passwords(instance: Instance) -> dict[str, str]:
    """Accounts are opened one by one behind the import: all of them are waited for."""
    assert wait_until(lambda: len(_passwords(instance)) >= DEMO_ACCOUNTS, 60)
    return _passwords(instance)


def _passwords(instance: Instance) -> dict[str, str]:
    return {account["identifiant"]: account["mot_de_passe"] for account in instance.accounts()}


@pytest.fixture(scope="session")
def coulisses(instance: Instance) -> Coulisses:
    return Coulisses(instance)


@pytest.fixture(scope="session")
def personne(
    browser: Browser, instance: Instance, passwords: dict[str, str]
) -> Iterator[Callable[..., Personne]]:
    """`personne("rdupont")`: a new browser profile, signed in."""
    contexts = []

    def signed_in(identifiant: str, **options: object) -> Personne:
        context = browser.new_context(locale="fr-FR", **options)
        context.set_default_timeout(TIMEOUT_MS)
        contexts.append(context)
        someone = Personne(context.new_page(), instance.url)
        sign_in(someone, identifiant, passwords[identifiant])
        return someone

    yield signed_in
    for context in contexts:
        context.close()


def sign_in(someone: Personne, identifiant: str, password: str) -> None:
    """From the welcome page."""
    someone.va("/")
    someone.page.get_by_role("link", name="Se connecter", exact=True).click()
    s_identifie(someone, identifiant, password)


@pytest.fixture(scope="session")
def rene(personne: Callable[..., Personne]) -> Personne:
    return personne("rdupont")


@pytest.fixture(scope="session")
def sylvie(personne: Callable[..., Personne]) -> Personne:
    """The titular of René's portefeuille."""
    return personne("sperrin")


@pytest.fixture(scope="session")
def rachel(personne: Callable[..., Personne]) -> Personne:
    return personne("rdupont1")


@pytest.fixture(scope="session")
def anne_marie(personne: Callable[..., Personne]) -> Personne:
    """The titular of Rachel's portefeuille."""
    return personne("ale-goff")


@pytest.fixture(scope="session")
def vecu(rachel: Personne, anne_marie: Personne, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What Rachel and Anne-Marie did before the test: the variable parts of addresses, by name."""
    return vivre(rachel, anne_marie, tmp_path_factory.mktemp("pieces"))
