"""What bad input gets: a clear French sentence, the right status, and nothing lost."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.gestes import Personne, reference, remplit_un_demenagement
from tests.e2e.pieces import write_disguised, write_document, write_empty, write_too_heavy

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

HIER = date.today() - timedelta(days=1)
FAUTIVES: dict[str, tuple[Callable[[Path], Path], str]] = {
    "vide.pdf": (write_empty, "vide"),
    "deguisee.pdf": (write_disguised, "n’est pas"),
    "lourde.pdf": (write_too_heavy, "10 Mo"),
}


@pytest.mark.parametrize("saisie", ["31/2/2026", "32/1/2026", "1/13/2026", "le//", "//"])
def test_une_date_fausse_est_dite_et_le_reste_est_garde(saisie: str, rachel: Personne) -> None:
    remplit_un_demenagement(rachel, "8, rue des Dates", HIER)
    rachel.date_en_lettres("date_effet", saisie)
    assert rachel.envoie("Vérifier vos réponses") == 422
    expect(rachel.page.locator(".erreurs")).to_be_focused()
    rachel.voit("Donnez le jour, le mois et l’année")
    expect(rachel.page.get_by_label("Adresse").first).to_have_value("8, rue des Dates")
    expect(rachel.page.locator("[name=date_effet_jour]")).to_have_value(saisie.split("/")[0])


def test_une_date_trop_lointaine_est_refusee_et_le_reste_est_garde(rachel: Personne) -> None:
    remplit_un_demenagement(rachel, "9, rue des Dates", date.today() + timedelta(days=900))
    rachel.envoie("Vérifier vos réponses")
    assert rachel.envoie("Transmettre") == 422
    rachel.voit("date")
    expect(rachel.page.get_by_label("Adresse").first).to_have_value("9, rue des Dates")


def test_une_piece_obligatoire_oubliee_est_demandee(rachel: Personne) -> None:
    rachel.va("/dossier/enfants/signaler?cas=naissance")
    rachel.remplit("Prénom", "Ariane")
    rachel.date("date_effet", HIER)
    assert rachel.envoie("Vérifier vos réponses") == 422
    rachel.voit("Joignez la pièce demandée")
    expect(rachel.page.get_by_label("Prénom").first).to_have_value("Ariane")


@pytest.mark.parametrize("nom", FAUTIVES)
def test_une_piece_refusee_est_nommee_et_les_autres_sont_gardees(
    nom: str, rachel: Personne, tmp_path: Path
) -> None:
    fabrique, raison = FAUTIVES[nom]
    _remplit_un_pacs(rachel)
    rachel.joint("piece_attestation_pacs", write_document(tmp_path / "attestation.pdf", "PACS"))
    rachel.joint("piece_acte_naissance", fabrique(tmp_path / nom))
    assert rachel.envoie("Vérifier vos réponses") == 422
    rachel.voit(f"« {nom} » n’a pas été gardé.")
    rachel.voit(raison)
    rachel.voit("attestation.pdf")
    expect(rachel.page.get_by_label("Prénom").first).to_have_value("Camille")


def test_apres_un_refus_il_suffit_de_joindre_la_bonne_piece(rachel: Personne, tmp_path: Path) -> None:
    _remplit_un_pacs(rachel)
    rachel.joint("piece_attestation_pacs", write_document(tmp_path / "attestation.pdf", "PACS"))
    rachel.joint("piece_acte_naissance", write_empty(tmp_path / "acte.pdf"))
    assert rachel.envoie("Vérifier vos réponses") == 422
    rachel.joint("piece_acte_naissance", write_document(tmp_path / "bon.pdf", "Acte"))
    rachel.clique("Vérifier vos réponses")
    rachel.clique("Transmettre")
    rachel.clique("Suivre votre demande")
    assert reference(rachel)
    rachel.voit("attestation.pdf")
    rachel.voit("bon.pdf")


def _remplit_un_pacs(rachel: Personne) -> None:
    rachel.va("/dossier/situation_familiale/signaler?cas=pacs")
    rachel.remplit("Prénom", "Camille")
    rachel.remplit("Nom", "Martin")
    rachel.date("date_effet", HIER)


@pytest.mark.parametrize("adresse", ["/dossier/horoscope", "/dossier/horoscope/signaler", "/rien"])
def test_une_rubrique_inconnue_est_une_page_introuvable(adresse: str, rachel: Personne) -> None:
    assert rachel.va(adresse) == 404
    rachel.voit("Page introuvable")
    rachel.voit("Revenir à votre bureau")
