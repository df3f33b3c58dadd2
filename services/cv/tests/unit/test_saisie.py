"""What a person types in her CV is checked in words she understands."""

from datetime import date

import pytest
from cv.adapters.catalogue import charger
from cv.domain.saisie import erreurs_de_completude, erreurs_de_pieces, lire

JOUR = date(2026, 9, 1)
DIPLOMES = charger().rubrique("diplomes", JOUR)
EXPERIENCES = charger().rubrique("experiences-professionnelles", JOUR)
MASTER = {
    "intitule": "Master Lettres",
    "niveau": "7",
    "etablissement": "Université Chauvin",
    "obtenu_le": "2014-07-01",
}


def test_un_element_bien_rempli_ne_donne_aucune_erreur() -> None:
    valeurs, erreurs = lire(DIPLOMES, MASTER, JOUR)
    assert erreurs == []
    assert valeurs == {**MASTER, "specialite": None}


def test_un_brouillon_peut_rester_incomplet() -> None:
    _, erreurs = lire(DIPLOMES, {"intitule": "Master"}, JOUR)
    assert erreurs == []


@pytest.mark.parametrize(
    ("nom", "reponse", "phrase"),
    [
        ("obtenu_le", "2026-02-30", "n’existe pas"),
        ("obtenu_le", "2027-01-01", "futur"),
        ("obtenu_le", "0206-07-01", "Vérifiez l’année : 206"),
        ("niveau", "12", "Choisissez"),
        ("intitule", "x" * 151, "150 caractères"),
        ("intitule", "deux\nlignes", "une seule ligne"),
        ("intitule", "caché\x07", "caractère"),
        ("numen", "x", "ne fait pas partie"),
    ],
)
def test_une_reponse_qui_ne_tient_pas_est_nommee(nom: str, reponse: str, phrase: str) -> None:
    _, erreurs = lire(DIPLOMES, {**MASTER, nom: reponse}, JOUR)
    assert [(e.champ, phrase in e.message) for e in erreurs] == [(nom, True)]


def test_une_fin_avant_le_debut_est_refusee() -> None:
    _, erreurs = lire(EXPERIENCES, {"du": "2020-09-01", "au": "2019-08-31"}, JOUR)
    assert [e.champ for e in erreurs] == ["au"]


def test_une_experience_peut_continuer_apres_aujourd_hui() -> None:
    _, erreurs = lire(EXPERIENCES, {"du": "2025-09-01", "au": "2027-08-31"}, JOUR)
    assert erreurs == []


def test_ce_qui_manque_pour_soumettre_est_nomme_la_piece_comprise() -> None:
    manques = erreurs_de_completude(DIPLOMES, {"intitule": "Master"}, [])
    assert {e.champ for e in manques} == {"etablissement", "obtenu_le", "pieces.diplome"}
    assert "Copie du diplôme" in manques[-1].message


def test_une_piece_imprevue_ou_de_trop_est_refusee() -> None:
    erreurs = erreurs_de_pieces(DIPLOMES, ["rib", "diplome", "diplome", "diplome"])
    assert [e.champ for e in erreurs] == ["pieces.rib", "pieces.diplome"]


def test_chaque_definition_dit_sa_source_et_qui_voit() -> None:
    for rubrique in charger().rubriques:
        assert rubrique.source
        assert rubrique.qui_voit
        assert rubrique.champs[0].obligatoire


def test_un_modele_de_motif_ne_vise_qu_une_rubrique_qui_existe() -> None:
    codes = {rubrique.code for rubrique in charger().rubriques}
    assert {motif.rubrique for motif in charger().motifs} - {None} <= codes
