"""Sessions that end: by the clock, by the person, by an administrator. What was typed comes back."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.coulisses import COOKIE, Coulisses
from tests.e2e.gestes import Personne, reference, remplit_un_demenagement, s_identifie

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

HIER = date.today() - timedelta(days=1)
ANOUK = "agermain"


@pytest.fixture
def anouk(personne: Callable[..., Personne]) -> Personne:
    """In a browser of her own each time: these sessions do not survive their test."""
    return personne(ANOUK)


def test_ce_qui_etait_saisi_revient_apres_une_session_expiree(
    anouk: Personne, coulisses: Coulisses, passwords: dict[str, str]
) -> None:
    remplit_un_demenagement(anouk, "14, rue du Temps", HIER)
    coulisses.laisse_expirer(anouk)
    assert anouk.envoie("Vérifier vos réponses") == 401
    anouk.voit("Votre session a expiré")
    anouk.voit("gardé 30 minutes")
    anouk.clique("Se connecter")
    s_identifie(anouk, ANOUK, passwords[ANOUK])
    anouk.voit("Ce que vous aviez saisi est revenu")
    expect(anouk.page.get_by_label("Adresse").first).to_have_value("14, rue du Temps")
    expect(anouk.page.locator("[name=date_effet_annee]")).to_have_value(str(HIER.year))
    anouk.clique("Vérifier vos réponses")
    anouk.clique("Transmettre")
    assert reference(anouk)


def test_ce_qui_etait_saisi_n_est_rendu_a_personne_d_autre(
    anouk: Personne, coulisses: Coulisses, passwords: dict[str, str]
) -> None:
    remplit_un_demenagement(anouk, "15, rue du Temps", HIER)
    coulisses.laisse_expirer(anouk)
    anouk.envoie("Vérifier vos réponses")
    anouk.clique("Se connecter")
    _change_de_personne(anouk.page)
    s_identifie(anouk, "rdupont1", passwords["rdupont1"])
    anouk.voit("Coordonnées")
    anouk.ne_voit_pas("Ce que vous aviez saisi est revenu")
    assert "15, rue du Temps" not in anouk.page.content()


def _change_de_personne(page: Page) -> None:
    """Keycloak remembers who was there: somebody else says she is not her."""
    page.locator("#reset-login").click()
    page.locator("#username").wait_for()


def test_se_deconnecter_termine_vraiment(anouk: Personne, passwords: dict[str, str]) -> None:
    anouk.va("/bureau")
    (ancien,) = (c for c in anouk.page.context.cookies() if c["name"] == COOKIE)
    anouk.page.get_by_role("button", name="Se déconnecter").first.click()
    expect(anouk.page.get_by_role("link", name="Se connecter", exact=True)).to_be_visible()

    anouk.page.go_back()
    expect(anouk.page.locator("body")).not_to_contain_text("Anouk Germain")
    answer = anouk.page.request.get(
        f"{anouk.url}/bureau", headers={"Cookie": f"{COOKIE}={ancien['value']}"}, max_redirects=0
    )
    assert answer.status == 302
    assert "/connexion" in answer.headers["location"]

    anouk.va("/bureau")
    expect(anouk.page.locator("#password")).to_be_visible()


def test_une_session_fermee_chez_keycloak_l_est_aussitot_ici(anouk: Personne, coulisses: Coulisses) -> None:
    anouk.va("/bureau")
    anouk.voit("Bonjour Anouk Germain")
    coulisses.deconnecte_chez_keycloak(ANOUK)
    anouk.va("/dossier")
    expect(anouk.page.locator("#password")).to_be_visible()


def test_une_session_fermee_depuis_le_compte_ne_sert_plus(
    anouk: Personne, personne: Callable[..., Personne]
) -> None:
    autre = personne(ANOUK)
    autre.va("/bureau")
    anouk.va("/compte")
    anouk.page.locator("main").get_by_role("button", name="Fermer cette session").first.click()
    autre.va("/bureau")
    expect(autre.page.locator("#password")).to_be_visible()
