"""The queue's address says everything it shows."""

from datetime import date
from urllib.parse import parse_qsl

from gateway.application.filtres import Filtre, criteria

MIENS = frozenset({"10.DPE2-ANGLAIS"})
JOUR = date(2026, 11, 24)


def test_une_adresse_nue_montre_ce_qui_est_a_prendre_par_echeance() -> None:
    assert Filtre.from_query({}) == Filtre(onglet="a_prendre", tri="echeance", page=1)
    assert Filtre().url() == "/file"


def test_ce_qui_n_existe_pas_est_ignore() -> None:
    query = {"onglet": "secrets", "tri": "hasard", "nature": "x", "page": "-3"}
    assert Filtre.from_query(query) == Filtre()


def test_l_adresse_d_un_filtre_le_redonne() -> None:
    filtre = Filtre(onglet="traites", q="l’été", nature="cv", tri="recent", page=3)
    query = filtre.url().partition("?")[2]
    assert Filtre.from_query(dict(parse_qsl(query))) == filtre


def test_les_miens_sont_ceux_que_je_tiens_dans_mes_portefeuilles() -> None:
    wanted = criteria(Filtre(onglet="les_miens"), MIENS, "moi", JOUR)
    assert wanted == {
        "portefeuille_id": {"$in": ["10.DPE2-ANGLAIS"]},
        "onglet": "les_miens",
        "pris_par": "moi",
    }


def test_sans_portefeuille_rien_n_est_montre() -> None:
    assert criteria(Filtre(), frozenset(), "moi", JOUR)["portefeuille_id"] == {"$in": []}


def test_une_echeance_depassee_l_est_avant_aujourd_hui() -> None:
    assert criteria(Filtre(echeance="depassee"), MIENS, "moi", JOUR)["echeance"] == {
        "$gt": "",
        "$lt": "2026-11-24",
    }


def test_une_echeance_d_aujourd_hui_est_de_ce_jour() -> None:
    assert (
        criteria(Filtre.from_query({"echeance": "aujourdhui"}), MIENS, "moi", JOUR)["echeance"]
        == "2026-11-24"
    )


def test_cette_semaine_va_d_aujourd_hui_a_dans_sept_jours() -> None:
    wanted = criteria(Filtre(echeance="semaine"), MIENS, "moi", JOUR)
    assert wanted["echeance"] == {"$gte": "2026-11-24", "$lte": "2026-12-01"}
