"""The main job, from end to end, in real browsers: René Dupont and his gestionnaire Sylvie Perrin."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.gestes import (
    Personne,
    ouvre_la_demande,
    reference,
    signale_un_demenagement,
    signale_une_naissance,
)
from tests.e2e.pieces import write_document

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(900)]

HIER = date.today() - timedelta(days=1)
ENTREES = ("Votre courrier", "Votre dossier", "Votre CV", "Vos perspectives", "Les services", "Les guides")


def test_rene_arrive_sur_son_assistant_de_gestion_avec_les_six_entrees(rene: Personne) -> None:
    rene.va("/bureau")
    rene.voit("Assistant de gestion")
    for entree in ENTREES:
        expect(rene.page.get_by_role("link", name=entree, exact=True)).to_be_visible()
    rene.voit("Sylvie Perrin")


def test_rene_lit_chaque_rubrique_avec_sa_date_et_son_origine(rene: Personne) -> None:
    rene.va("/dossier")
    liens = rene.page.locator("main a[href^='/dossier/']").evaluate_all(
        "l => l.map(a => a.getAttribute('href'))"
    )
    rubriques = sorted(
        {lien for lien in liens if lien.count("/") == 2} - {"/dossier/changements", "/dossier/consultations"}
    )
    assert len(rubriques) >= 13, rubriques
    for rubrique in rubriques:
        rene.va(rubrique)
        rene.voit("À jour au 1er septembre 2026. Origine : base de gestion.")


def test_un_demenagement_et_une_naissance_vont_de_rene_a_sa_gestionnaire_et_reviennent(
    rene: Personne, sylvie: Personne, tmp_path: Path
) -> None:
    acte = write_document(tmp_path / "acte.pdf", "Acte de naissance")
    demenagement = signale_un_demenagement(rene, "12, rue des Lilas", HIER)
    naissance = signale_une_naissance(rene, "Lucie", HIER, acte)
    assert demenagement != naissance

    sylvie.va("/file")
    sylvie.voit("Déménagement", timeout=3_000)
    sylvie.voit("Naissance", timeout=3_000)

    ouvre_la_demande(sylvie, "Déménagement")
    sylvie.clique("Prendre en charge")
    sylvie.voit("12, rue des Lilas")
    rene.va("/bureau")
    sylvie.clique("Accepter")
    rene.voit("Accepté", timeout=3_000)

    ouvre_la_demande(sylvie, "Naissance")
    sylvie.clique("Prendre en charge")
    expect(sylvie.page.locator("img[src*='/pieces/']").first).to_be_visible()
    sylvie.remplit("Motif", "La page deux manque.")
    sylvie.clique("Demander un complément")
    rene.voit("Complément demandé", timeout=3_000)

    _complete(rene, naissance, acte)
    ouvre_la_demande(sylvie, "Naissance", onglet="les_miens")
    sylvie.clique("Accepter")

    rene.va("/dossier/coordonnees")
    rene.voit("12, rue des Lilas")
    rene.voit("Sylvie Perrin")
    rene.voit(demenagement)
    rene.va("/dossier/enfants")
    rene.voit("Lucie")


def _complete(rene: Personne, naissance: str, acte: Path) -> None:
    rene.clique("Compléter votre demande « Enfants : naissance »")
    rene.voit("La page deux manque.")
    rene.clique("Compléter")
    rene.joint("piece_acte_naissance", acte)
    rene.clique("Transmettre le complément")
    rene.voit("Pris en charge")
    assert reference(rene) == naissance


def test_la_file_est_celle_de_la_titulaire_et_de_personne_d_autre(
    rene: Personne, personne: Callable[..., Personne], tmp_path: Path
) -> None:
    signale_un_demenagement(rene, "3, quai Saint-Vincent", HIER)
    autre = personne("gmartin")
    autre.va("/file")
    autre.voit("File de vérification")
    autre.ne_voit_pas("René Dupont")


def test_un_diplome_verifie_dans_le_cv_apparait_dans_le_dossier(
    rene: Personne, sylvie: Personne, tmp_path: Path
) -> None:
    scan = write_document(tmp_path / "diplome.png", "Certificat")
    _soumet_un_diplome(rene, "Master MEEF anglais", scan)
    ouvre_la_demande(sylvie, "CV : Diplômes")
    sylvie.voit("Master MEEF anglais")
    sylvie.clique("Prendre en charge")
    sylvie.clique("Vérifier")
    rene.va("/cv")
    rene.voit("vérifié le")
    rene.va("/dossier/diplomes")
    rene.voit("Master MEEF anglais")


def test_un_element_refuse_est_corrige_puis_soumis_de_nouveau(
    rene: Personne, sylvie: Personne, tmp_path: Path
) -> None:
    scan = write_document(tmp_path / "dnl.png", "Certification DNL")
    _soumet_un_diplome(rene, "Certification DNL", scan)
    ouvre_la_demande(sylvie, "CV : Diplômes")
    sylvie.voit("Certification DNL")
    sylvie.clique("Prendre en charge")
    sylvie.remplit("Motif", "La date ne correspond pas.")
    sylvie.clique("Refuser")
    rene.va("/cv")
    rene.voit("La date ne correspond pas.")
    element = rene.page.locator("li, article", has_text="Certification DNL").last
    element.get_by_role("link", name="Modifier").click()
    rene.date("obtenu_le", date(2019, 7, 1))
    rene.clique("Soumettre à vérification")
    ouvre_la_demande(sylvie, "CV : Diplômes")
    sylvie.voit("Certification DNL")
    sylvie.voit("1er juillet 2019")


def _soumet_un_diplome(rene: Personne, intitule: str, scan: Path) -> None:
    rene.va("/cv/elements/nouveau?rubrique=diplomes")
    rene.remplit("Intitulé du diplôme", intitule)
    rene.remplit("Établissement", "Université Lumière")
    rene.date("obtenu_le", date(2018, 7, 1))
    rene.joint("piece_diplome", scan)
    rene.clique("Soumettre à vérification")
    rene.voit(intitule)


def test_un_message_avec_un_fichier_est_lu_des_deux_cotes(
    rene: Personne, sylvie: Personne, tmp_path: Path
) -> None:
    piece = write_document(tmp_path / "arrete.pdf", "Arrêté")
    rene.va("/bureau")
    rene.clique("Écrire à votre gestionnaire")
    rene.remplit("Sujet", "Date de ma promotion")
    rene.remplit("Votre message", "Bonjour, quand mon échelon sera-t-il visible ?")
    rene.joint("fichier", piece)
    rene.clique("Envoyer")
    rene.voit("arrete.pdf")

    sylvie.va("/courrier")
    sylvie.page.get_by_role("link", name="Date de ma promotion").first.click()
    sylvie.voit("quand mon échelon")
    rene.page.reload()
    rene.voit("lu le")
    sylvie.remplit("Votre réponse", "Bonjour, le 1er décembre.")
    sylvie.clique("Envoyer")
    rene.voit("Bonjour, le 1er décembre.", timeout=3_000)
    rene.page.reload()
    sylvie.page.reload()
    sylvie.voit("lu le")


def test_une_decision_laisse_un_seul_avis_dans_le_courrier(rene: Personne, sylvie: Personne) -> None:
    demande = signale_un_demenagement(rene, "25, cours Gambetta", HIER)
    ouvre_la_demande(sylvie, "Déménagement")
    sylvie.clique("Prendre en charge")
    sylvie.clique("Accepter")
    sylvie.va("/file")
    rene.va("/courrier")
    rene.clique(f"Demande {demande}")
    rene.voit("est acceptée")
    assert rene.page.locator(".message", has_text="est acceptée").count() == 1
