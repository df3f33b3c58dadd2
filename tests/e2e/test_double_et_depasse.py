"""Two clicks, two people, two tabs: one effect, and nobody's text is lost."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from secrets import randbelow

import pytest
from playwright.sync_api import Route, expect

from tests.e2e.gestes import (
    Personne,
    adresse_neuve,
    ouvre_la_reference,
    reference,
    remplit_un_demenagement,
    signale_un_demenagement,
)

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

HIER = date.today() - timedelta(days=1)
DEUX_FOIS = "bouton => { bouton.click(); bouton.click(); }"


@pytest.fixture(scope="module")
def second_onglet(anne_marie: Personne) -> Personne:
    return Personne(anne_marie.page.context.new_page(), anne_marie.url)


def test_un_double_clic_sur_transmettre_ne_fait_qu_une_demande(rachel: Personne) -> None:
    avant = references(rachel)
    remplit_un_demenagement(rachel, "10, rue du Clic", HIER)
    rachel.clique("Vérifier vos réponses")
    sent: list[str] = []
    rachel.page.on("request", lambda r: sent.append(r.method) if r.method == "POST" else None)
    rachel.bouton("Transmettre").evaluate(DEUX_FOIS)
    nouvelle = reference(rachel)
    assert sent == ["POST"]
    assert references(rachel) == avant | {nouvelle}


def test_sans_javascript_un_formulaire_envoye_deux_fois_ne_fait_qu_une_demande(
    personne: Callable[..., Personne],
) -> None:
    rachel = personne("rdupont1", java_script_enabled=False)
    avant = references(rachel)
    remplit_un_demenagement(rachel, "11, rue du Clic", HIER)
    rachel.clique("Vérifier vos réponses")

    def twice(route: Route) -> None:
        if route.request.method == "POST":
            route.fetch(max_redirects=0)
        route.continue_()

    rachel.page.route("**/signaler*", twice)
    rachel.clique("Transmettre")
    nouvelle = reference(rachel)
    assert references(rachel) == avant | {nouvelle}


def references(agent: Personne) -> set[str]:
    agent.va("/dossier/changements")
    return set(re.findall(r"LYO-\d{4}-[A-Z0-9]+", agent.page.locator("main").inner_text()))


def test_qui_decide_en_second_voit_la_decision_de_l_autre_et_garde_son_texte(
    rachel: Personne, anne_marie: Personne, second_onglet: Personne
) -> None:
    adresse = adresse_neuve("rue des Deux")
    demande = signale_un_demenagement(rachel, adresse, HIER)
    ouvre_la_reference(anne_marie, demande)
    anne_marie.clique("Prendre en charge")
    anne_marie.voit("Libérer")
    second_onglet.page.goto(anne_marie.page.url)
    assert anne_marie.envoie("Accepter") == 303

    second_onglet.remplit("Motif", "Il manque une quittance.")
    assert second_onglet.envoie("Refuser") == 412
    second_onglet.voit("Accepté le")
    second_onglet.voit("Votre texte")
    expect(second_onglet.page.locator("textarea")).to_have_value("Il manque une quittance.")
    rachel.va("/dossier/coordonnees")
    rachel.voit(adresse)


def test_une_demande_annulee_entre_temps_ne_peut_plus_etre_prise(
    rachel: Personne, anne_marie: Personne
) -> None:
    demande = signale_un_demenagement(rachel, "13, rue des Deux", HIER)
    ouvre_la_reference(anne_marie, demande)
    rachel.clique("Suivre votre demande")
    rachel.clique("Annuler la demande")
    rachel.voit("Annulé")
    assert anne_marie.envoie("Prendre en charge") in (409, 412)
    anne_marie.voit("Annulé")


def test_un_message_envoye_deux_fois_n_est_ecrit_qu_une_fois(rachel: Personne) -> None:
    rachel.va("/courrier/nouveau")
    sujet = f"Un seul message {randbelow(1_000_000)}"
    rachel.remplit("Sujet", sujet)
    rachel.remplit("Votre message", "Bonjour, une seule fois.")
    rachel.bouton("Envoyer").evaluate(DEUX_FOIS)
    rachel.voit("Bonjour, une seule fois.")
    rachel.va("/courrier")
    expect(rachel.page.locator("main").get_by_text(sujet, exact=True)).to_have_count(1)
