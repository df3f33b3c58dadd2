"""When a part of the system is down: what still works, what the pages say, and nothing lost after."""

import time
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from playwright.sync_api import Error, Locator, expect

from tests.e2e.coulisses import Coulisses
from tests.e2e.gestes import (
    Personne,
    adresse_neuve,
    ouvre_la_reference,
    reference,
    remplit_un_demenagement,
    signale_un_demenagement,
)

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(420)]

HIER = date.today() - timedelta(days=1)
LATE = "Les mises à jour arrivent avec du retard"


@pytest.fixture(scope="module")
def martine(personne: Callable[..., Personne]) -> Personne:
    return personne("mjulien")


@pytest.fixture(scope="module")
def gaelle(personne: Callable[..., Personne]) -> Personne:
    """The titular of Martine's portefeuille."""
    return personne("gmartin")


def test_kafka_en_panne_on_transmet_on_decide_et_tout_arrive_a_son_retour(
    martine: Personne, gaelle: Personne, coulisses: Coulisses
) -> None:
    adresse = adresse_neuve("rue de la Panne")
    with coulisses.suspendu("kafka"):
        demande = signale_un_demenagement(martine, adresse, HIER)
        ouvre_la_reference(gaelle, demande)
        gaelle.clique("Prendre en charge")
        gaelle.clique("Accepter")
        gaelle.voit("Accepté le")
        martine.va("/dossier/coordonnees")
        martine.voit(adresse)
        jusqu_a(lambda: _dit(martine, LATE), 30)
        martine.va("/courrier")
        martine.ne_voit_pas(demande)
    jusqu_a(lambda: _a_recu(martine, demande), 90)
    jusqu_a(lambda: not _dit(martine, LATE), 60)


def test_un_service_tue_kafka_en_panne_publie_quand_meme_au_retour(
    martine: Personne, gaelle: Personne, coulisses: Coulisses
) -> None:
    with coulisses.suspendu("kafka"):
        demande = signale_un_demenagement(martine, adresse_neuve("rue de la Panne"), HIER)
        ouvre_la_reference(gaelle, demande)
        gaelle.clique("Prendre en charge")
        gaelle.clique("Accepter")
        gaelle.voit("Accepté le")
        ancien = coulisses.tue("dossier")
        jusqu_a(lambda: coulisses.pid("dossier") != ancien, 30)
    jusqu_a(lambda: _a_recu(martine, demande), 90)


def _dit(someone: Personne, text: str) -> bool:
    someone.va("/bureau")
    return text in someone.page.locator("main").inner_text()


def _a_recu(agent: Personne, demande: str) -> bool:
    agent.va("/courrier")
    return agent.page.locator("main").get_by_role("link", name=f"Demande {demande}").count() == 1


def test_le_cv_en_panne_sa_tuile_le_dit_et_le_reste_marche(martine: Personne, coulisses: Coulisses) -> None:
    with coulisses.suspendu("cv"):
        martine.va("/bureau")
        _tuile(martine, "Votre CV", "ne répond pas pour le moment")
        for autre in ("Votre courrier", "Votre dossier"):
            expect(_la_tuile(martine, autre)).not_to_contain_text("ne répond pas")
        assert martine.va("/cv") == 503
        martine.voit("Cette partie ne répond pas")
        assert martine.va("/dossier") == 200
        assert martine.va("/courrier") == 200
        assert signale_un_demenagement(martine, "22, rue de la Panne", HIER)
    jusqu_a(lambda: martine.va("/cv") == 200, 30)


def _tuile(someone: Personne, name: str, text: str) -> None:
    expect(_la_tuile(someone, name)).to_contain_text(text)


def _la_tuile(someone: Personne, name: str) -> Locator:
    return someone.page.locator(".tuile", has=someone.page.get_by_role("link", name=name))


def test_le_dossier_en_panne_garde_ce_qui_etait_saisi(martine: Personne, coulisses: Coulisses) -> None:
    remplit_un_demenagement(martine, "23, rue de la Panne", HIER)
    martine.clique("Vérifier vos réponses")
    martine.voit("23, rue de la Panne")
    with coulisses.suspendu("dossier"):
        assert martine.envoie("Transmettre") == 503
        martine.clique("Retrouver votre saisie")
    jusqu_a(lambda: _retrouve(martine, "23, rue de la Panne"), 30)
    martine.clique("Vérifier vos réponses")
    martine.clique("Transmettre")
    assert reference(martine)


def _retrouve(someone: Personne, adresse: str) -> bool:
    someone.page.reload()
    return adresse in someone.page.content()


def test_keycloak_en_panne_les_sessions_ouvertes_continuent(
    martine: Personne, visiteur: Personne, coulisses: Coulisses
) -> None:
    received = coulisses.session(martine)["recus_le"]
    with coulisses.suspendu("keycloak"):
        coulisses.change_session(martine, recus_le=received - timedelta(minutes=6))
        assert martine.va("/dossier") == 200
        assert signale_un_demenagement(martine, "24, rue de la Panne", HIER)
        assert visiteur.va("/connexion") == 503
        visiteur.voit("La connexion est momentanément impossible")
        visiteur.voit("Les personnes déjà connectées peuvent continuer")
    jusqu_a(lambda: _renouvelle(martine, coulisses) > received, 30)


def _renouvelle(someone: Personne, coulisses: Coulisses) -> datetime:
    """Opens a page; gives when her tokens were last received."""
    assert someone.va("/dossier") == 200
    received: datetime = coulisses.session(someone)["recus_le"]
    return received


def test_keycloak_en_panne_trop_longtemps_la_page_le_dit_et_garde_la_saisie(
    martine: Personne, coulisses: Coulisses
) -> None:
    remplit_un_demenagement(martine, "25, rue de la Panne", HIER)
    session = coulisses.session(martine)
    with coulisses.suspendu("keycloak"):
        ancien = session["recus_le"] - timedelta(minutes=16)
        coulisses.change_session(martine, recus_le=ancien, acces_expire_le=ancien + timedelta(minutes=15))
        assert martine.envoie("Vérifier vos réponses") == 503
        martine.voit("La connexion est momentanément impossible")
        martine.voit("Ce que vous aviez saisi est gardé 30 minutes.")
    martine.clique("Retrouver votre saisie")
    jusqu_a(lambda: _retrouve(martine, "25, rue de la Panne"), 30)
    martine.voit("Ce que vous aviez saisi est revenu")


def test_la_passerelle_tuee_au_milieu_d_une_demande_ne_perd_rien(
    martine: Personne, gaelle: Personne, coulisses: Coulisses
) -> None:
    remplit_un_demenagement(martine, "26, rue de la Panne", HIER)
    martine.clique("Vérifier vos réponses")
    martine.voit("26, rue de la Panne")
    coulisses.tue("gateway")
    jusqu_a(lambda: _ouvre(martine, "/accessibilite"), 60)
    martine.page.go_back()
    martine.voit("26, rue de la Panne")
    martine.clique("Transmettre")
    demande = reference(martine)
    ouvre_la_reference(gaelle, demande)


@pytest.fixture
def visiteur(martine: Personne) -> Personne:
    browser = martine.page.context.browser
    assert browser is not None
    return Personne(browser.new_context(locale="fr-FR").new_page(), martine.url)


def _ouvre(someone: Personne, path: str) -> bool:
    try:
        return someone.va(path) == 200
    except Error:
        return False


def jusqu_a(condition: Callable[[], bool], seconds: float) -> None:
    """Asks again and again until it is so; fails after `seconds`."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come in time"
        time.sleep(0.5)
