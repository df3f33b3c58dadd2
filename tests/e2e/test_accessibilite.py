"""Every page, for every role, in both schemes, wide and narrow: axe has nothing to say."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Browser

from tests.e2e.axe import faults, overflow
from tests.e2e.gestes import Personne, remplit_un_demenagement
from tests.e2e.instance import Instance

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

PUBLIQUES = ("/", "/accessibilite", "/mentions-legales", "/donnees-personnelles")
ENSEIGNANTE = (
    "/bureau",
    "/dossier",
    "/dossier/etat_civil",
    "/dossier/coordonnees",
    "/dossier/enfants",
    "/dossier/coordonnees/signaler",
    "/dossier/coordonnees_bancaires/signaler?cas=iban",
    "/dossier/enfants/signaler?cas=naissance",
    "/dossier/changements",
    "/dossier/changements/{transmis}",
    "/dossier/changements/{transmis}/confirmation",
    "/dossier/changements/{a_completer}",
    "/dossier/changements/{a_completer}/completer",
    "/dossier/changements/{refuse}",
    "/dossier/consultations",
    "/cv",
    "/cv/elements/nouveau",
    "/cv/elements/nouveau?rubrique=diplomes",
    "/cv/elements/{brouillon}",
    "/courrier",
    "/courrier/nouveau",
    "/courrier/{fil}",
    "/perspectives",
    "/services",
    "/guides",
    "/compte",
)
GESTIONNAIRE = (
    "/file",
    "/file?onglet=traites",
    "/file?q=personne",
    "/file/{ligne_prise}",
    "/file/{ligne_cv}",
    "/file/{ligne_message}",
    "/agents?q=dupont",
    "/agents/{agente}",
    "/agents/{agente}/rubriques/coordonnees",
    "/courrier",
    "/courrier/{fil}",
    "/courrier/nouveau?agent={agente}",
    "/guides",
    "/compte",
)
AUTRES_ROLES = ("/bureau", "/guides", "/compte")


@pytest.fixture(scope="module")
def visiteur(browser: Browser, instance: Instance) -> Personne:
    return Personne(browser.new_context(locale="fr-FR").new_page(), instance.url)


@pytest.fixture(scope="module")
def cheffe(personne: Callable[..., Personne]) -> Personne:
    return personne("jmahe")


def ouvre_et_controle(someone: Personne, adresse: str, statut: int = 200) -> None:
    assert someone.va(adresse) == statut
    controle(someone)


def controle(someone: Personne) -> None:
    assert faults(someone.page) == []
    assert overflow(someone.page) == 0


@pytest.mark.parametrize("adresse", PUBLIQUES)
def test_une_page_publique_est_accessible(adresse: str, visiteur: Personne) -> None:
    ouvre_et_controle(visiteur, adresse)


def test_la_page_de_connexion_est_accessible(visiteur: Personne) -> None:
    visiteur.va("/connexion")
    visiteur.page.locator("#username").wait_for()
    controle(visiteur)


@pytest.mark.parametrize("adresse", ENSEIGNANTE)
def test_une_page_d_enseignante_est_accessible(adresse: str, rachel: Personne, vecu: dict[str, str]) -> None:
    ouvre_et_controle(rachel, adresse.format(**vecu))


@pytest.mark.parametrize("adresse", GESTIONNAIRE)
def test_une_page_de_gestionnaire_est_accessible(
    adresse: str, anne_marie: Personne, vecu: dict[str, str]
) -> None:
    ouvre_et_controle(anne_marie, adresse.format(**vecu))


@pytest.mark.parametrize("adresse", AUTRES_ROLES)
def test_une_page_d_un_autre_role_est_accessible(adresse: str, cheffe: Personne) -> None:
    ouvre_et_controle(cheffe, adresse)


def test_une_page_refusee_est_accessible(visiteur: Personne, rachel: Personne, cheffe: Personne) -> None:
    ouvre_et_controle(visiteur, "/rien-ici", 404)
    ouvre_et_controle(rachel, "/file", 403)
    ouvre_et_controle(cheffe, "/dossier", 403)


def test_axe_voit_une_faute_quand_il_y_en_a_une(visiteur: Personne) -> None:
    visiteur.va("/")
    visiteur.page.evaluate("document.querySelector('main').append(document.createElement('input'))")
    assert any("label" in fault for fault in faults(visiteur.page))


def test_un_formulaire_en_erreur_est_accessible(rachel: Personne) -> None:
    rachel.va("/dossier/enfants/signaler?cas=naissance")
    rachel.clique("Vérifier vos réponses")
    rachel.voit("Acte de naissance")
    assert rachel.page.title().startswith("Erreur")
    controle(rachel)


def test_la_verification_avant_de_transmettre_est_accessible(rachel: Personne) -> None:
    remplit_un_demenagement(rachel, "3, place du Pont", date.today())
    rachel.clique("Vérifier vos réponses")
    rachel.voit("3, place du Pont")
    controle(rachel)


def test_une_decision_sans_motif_est_refusee_sur_une_page_accessible(
    anne_marie: Personne, vecu: dict[str, str]
) -> None:
    anne_marie.va(f"/file/{vecu['ligne_prise']}")
    anne_marie.clique("Refuser")
    anne_marie.voit("motif")
    controle(anne_marie)
