"""NUMEN, établissement numbers and the grid."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from identity.domain import numen, uai
from identity.domain.nomenclatures import Nomenclatures

ACADEMIES = frozenset({"10", "69"})


@pytest.mark.parametrize("bon", ["10E0989434SST", "10G9912345ABC", "69Z0000000AAA"])
def test_un_numen_a_une_academie_une_lettre_sept_chiffres_et_trois_lettres(bon: str) -> None:
    assert numen.est_bien_forme(bon, ACADEMIES)


@pytest.mark.parametrize(
    "faux",
    [
        "",
        "10E0989434SS",
        "10e0989434SST",
        "26E0989434SST",
        "10E0989434SSTX",
        "10E098943ASST",
        "1OE0989434SST",
    ],
)
def test_un_numen_d_une_autre_forme_est_faux(faux: str) -> None:
    assert not numen.est_bien_forme(faux, ACADEMIES)


def test_un_numen_ne_se_montre_que_masque() -> None:
    assert numen.masque("10E0989434BLX") == "10E09•••••BLX"


@pytest.mark.parametrize("bon", ["0690035N", "0690554C", "0011256K", "0422160V"])
def test_la_lettre_d_un_etablissement_se_calcule(bon: str) -> None:
    assert uai.est_valide(bon)


@given(chiffres=st.integers(0, 9_999_999).map("{:07d}".format), faute=st.integers(1, 22))
def test_une_autre_lettre_est_toujours_refusee(chiffres: str, faute: int) -> None:
    juste = uai.cle(chiffres)
    autre = uai.CLES[(uai.CLES.index(juste) + faute) % 23]
    assert uai.est_valide(chiffres + juste)
    assert not uai.est_valide(chiffres + autre)


@pytest.mark.parametrize(
    ("corps", "grade", "dernier"),
    [
        ("certifie", "CN", 11),
        ("certifie", "HC", 7),
        ("certifie", "CE", 5),
        ("agrege", "HC", 4),
        ("agrege", "CE", 3),
    ],
)
def test_la_grille_dit_le_dernier_echelon_de_chaque_grade(
    corps: str, grade: str, dernier: int, tables: Nomenclatures
) -> None:
    assert tables.corps[corps].grille_au(date(2026, 9, 1)).grades[grade].echelons == dernier


def test_avant_la_premiere_grille_connue_c_est_elle_qui_sert(tables: Nomenclatures) -> None:
    assert tables.corps["certifie"].grille_au(date(1995, 9, 1)) == tables.corps["certifie"].grilles[0]
