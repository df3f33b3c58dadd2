"""Doors: other people's things, other roles' pages, and pages that are still to come."""

from collections.abc import Callable

import pypdfium2
import pytest
from playwright.sync_api import expect

from tests.e2e.coulisses import Coulisses
from tests.e2e.gestes import Personne, reference

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

AUTRES_ROLES = {
    "jmahe": ("chef d’établissement", "Les enseignants affectés"),
    "hbazin": ("inspecteur", "discipline"),
    "bchevalier": ("responsable", "portefeuilles"),
    "odiallo": ("administrateur", "Aucun dossier"),
}
A_VENIR = {"/perspectives": "Vos perspectives", "/services": "Les services", "/guides": "Les guides"}


@pytest.mark.parametrize(
    "adresse",
    [
        "/dossier/changements/{transmis}",
        "/dossier/changements/{transmis}/recu.pdf",
        "/dossier/changements/{a_completer}/pieces/1",
        "/dossier/changements/{a_completer}/completer",
        "/cv/elements/{brouillon}",
        "/courrier/{fil}",
    ],
)
def test_ce_qui_est_a_une_autre_agente_est_introuvable(
    adresse: str, rene: Personne, vecu: dict[str, str]
) -> None:
    assert rene.page.request.get(rene.url + adresse.format(**vecu)).status == 404


@pytest.mark.parametrize(
    ("adresse", "service"),
    [
        ("/file/{ligne_prise}", "dossier"),
        ("/agents/{agente}", "identity"),
        ("/agents/{agente}/rubriques/coordonnees", "identity"),
    ],
)
def test_l_agente_d_une_autre_gestionnaire_est_introuvable_et_l_essai_est_note(
    adresse: str, service: str, sylvie: Personne, coulisses: Coulisses, vecu: dict[str, str]
) -> None:
    avant = refus(coulisses, service, vecu["agente"])
    assert sylvie.va(adresse.format(**vecu)) == 404
    sylvie.voit("Page introuvable")
    assert refus(coulisses, service, vecu["agente"]) == avant + 1


def refus(coulisses: Coulisses, service: str, agente: str) -> int:
    """How many refused openings of this file are written down."""
    name = "acces_refuses" if service == "dossier" else "consultations"
    return coulisses.collection(service, name).count_documents({"sujet": agente, "motif": "refus"})


def test_l_agente_lit_qui_a_ouvert_son_dossier(
    rachel: Personne, anne_marie: Personne, vecu: dict[str, str]
) -> None:
    anne_marie.va(f"/agents/{vecu['agente']}")
    rachel.va("/dossier/consultations")
    rachel.voit("Anne-Marie Le Goff")
    rachel.ne_voit_pas("Sylvie Perrin")


@pytest.mark.parametrize("identifiant", AUTRES_ROLES)
def test_un_autre_role_lit_son_perimetre_et_ce_qui_lui_est_ouvert(
    identifiant: str, personne: Callable[..., Personne]
) -> None:
    role, perimetre = AUTRES_ROLES[identifiant]
    someone = personne(identifiant)
    someone.va("/bureau")
    someone.voit(role)
    someone.voit(perimetre)
    someone.voit("Ce qui vous est ouvert aujourd’hui")
    for fermee in ("/dossier", "/file", "/agents"):
        assert someone.va(fermee) == 403
        someone.voit("Cette page ne vous est pas ouverte")


@pytest.mark.parametrize("adresse", A_VENIR)
def test_une_page_a_venir_est_honnete_et_sans_nombre(adresse: str, rachel: Personne) -> None:
    assert rachel.va(adresse) == 200
    rachel.voit("Anne-Marie Le Goff")
    rachel.va("/bureau")
    tuile = rachel.page.locator(".tuile", has=rachel.page.get_by_role("link", name=A_VENIR[adresse]))
    expect(tuile).to_have_count(1)
    assert not any(character.isdigit() for character in tuile.inner_text())


def test_l_accuse_de_reception_est_un_pdf_qui_porte_la_reference(
    rachel: Personne, vecu: dict[str, str]
) -> None:
    rachel.va(f"/dossier/changements/{vecu['transmis']}/confirmation")
    numero = reference(rachel)
    with rachel.page.expect_download() as download:
        rachel.clique("Accusé de réception")
    pages = pypdfium2.PdfDocument(download.value.path())
    assert numero in pages[0].get_textpage().get_text_bounded()


def test_une_piece_ne_s_ouvre_jamais_dans_la_page(rachel: Personne, vecu: dict[str, str]) -> None:
    answer = rachel.page.request.get(f"{rachel.url}/dossier/changements/{vecu['a_completer']}/pieces/1")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]
