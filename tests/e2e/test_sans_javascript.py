"""With scripts off, links and forms do the whole job."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from tests.e2e.gestes import Personne, adresse_neuve, reference

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

ADRESSE = adresse_neuve("rue sans Script")
HIER = date.today() - timedelta(days=1)


@pytest.fixture(scope="module")
def zoe(personne: Callable[..., Personne]) -> Personne:
    return personne("zcoeurdacier", java_script_enabled=False)


def test_un_demenagement_se_signale_sans_javascript_de_la_connexion_a_la_confirmation(
    zoe: Personne,
) -> None:
    zoe.va("/bureau")
    zoe.clique("Votre dossier")
    zoe.clique("Coordonnées")
    zoe.clique("Signaler un changement")
    zoe.choisit("Déménagement")
    zoe.clique("Continuer")
    zoe.remplit("Adresse", ADRESSE)
    zoe.remplit("Code postal", "69003")
    zoe.remplit("Commune", "Lyon")
    zoe.date("date_effet", HIER)
    zoe.clique("Vérifier vos réponses")
    zoe.voit(ADRESSE)
    zoe.clique("Transmettre")
    numero = reference(zoe)
    zoe.va("/bureau")
    zoe.voit(numero)


def test_un_message_s_ecrit_et_se_retrouve_sans_javascript(zoe: Personne) -> None:
    zoe.va("/bureau")
    zoe.clique("Écrire à votre gestionnaire")
    zoe.remplit("Sujet", "Sans script")
    zoe.remplit("Votre message", "Bonjour, rien ne bouge ici.")
    zoe.clique("Envoyer")
    zoe.voit("Bonjour, rien ne bouge ici.")


def test_une_gestionnaire_decide_sans_javascript(personne: Callable[..., Personne], zoe: Personne) -> None:
    luc = personne("lgerard", java_script_enabled=False)
    luc.va("/file?nature=changement&tri=recent")
    luc.page.locator("tbody th a").first.click()
    luc.clique("Prendre en charge")
    luc.clique("Accepter")
    luc.voit("Accepté le")
    zoe.va("/dossier/coordonnees")
    zoe.voit(ADRESSE)
