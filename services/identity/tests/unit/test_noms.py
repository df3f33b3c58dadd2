"""User names and the search by name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from identity.domain.noms import base_identifiant, identifiant, jetons, jetons_cherches, lettres


@pytest.mark.parametrize(
    ("prenom", "nom", "attendu"),
    [
        ("René", "Dupont", "rdupont"),
        ("Jean-Pierre", "Dupont", "jdupont"),
        ("Jean Pierre", "Dupont", "jdupont"),
        ("Marc", "Le Dupond", "mle-dupond"),
        ("Inès", "D'Arc", "idarc"),
        ("Inès", "D’Arc", "idarc"),
        ("Hélène", "Œuvrard", "hoeuvrard"),
        ("Ælle", "Cæsar", "acaesar"),
        ("Łukasz", "Strauß", "lstrauss"),
        ("Émile", "Ça-Vient", "eca-vient"),
        ("Paul", "N'Diaye", "pndiaye"),
        ("Anne", "Martin  -  Durand", "amartin-durand"),
        ("A", "O", "ao"),
    ],
)
def test_l_identifiant_est_l_initiale_du_premier_prenom_puis_le_nom_sans_accent(
    prenom: str, nom: str, attendu: str
) -> None:
    assert base_identifiant(prenom, nom) == attendu


def test_un_nom_sans_lettre_ne_donne_pas_d_identifiant() -> None:
    assert base_identifiant("René", "???") is None
    assert base_identifiant("-", "Dupont") is None


def test_les_homonymes_sont_numerotes_dans_l_ordre_d_arrivee() -> None:
    assert [identifiant("rdupont", rang) for rang in range(3)] == ["rdupont", "rdupont1", "rdupont2"]


@given(prenom=st.text(max_size=30), nom=st.text(max_size=80))
def test_un_identifiant_ne_contient_que_des_lettres_et_des_traits_d_union(prenom: str, nom: str) -> None:
    base = base_identifiant(prenom, nom)
    if base is not None:
        assert 2 <= len(base) <= 60
        assert set(base) <= set("abcdefghijklmnopqrstuvwxyz-")
        assert base[0] != "-"


def test_la_recherche_trouve_le_debut_de_chaque_mot_sans_accent_ni_casse() -> None:
    trouves = set(jetons(["Le Goff", "Anne-Marie"]))
    for question in ("goff", "GO", "anne", "mar", "le g", "Màrie goff"):
        assert set(jetons_cherches(question)) <= trouves, question
    assert not set(jetons_cherches("off")) <= trouves


def test_les_initiales_se_comparent_sur_les_lettres_seules() -> None:
    assert lettres("D’Arc") == "DARC"
    assert lettres("Œuvrard") == "OEUVRARD"
