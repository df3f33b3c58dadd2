"""The present is read from entries that are only ever added."""

from datetime import date

from dossier.domain.entrees import Chaine, Entree, chaines

JOUR = date(2026, 11, 24)


def entree(id: str, rang: int, valeurs: dict, du: str | None = None, **autres) -> Entree:
    effet = date.fromisoformat(du) if du else None
    return Entree(id, rang, "coordonnees", valeurs, JOUR, "base", "EPP", date_effet=effet, **autres)


def test_une_adresse_a_venir_n_efface_pas_celle_d_aujourd_hui() -> None:
    [chaine] = chaines(
        [entree("1", 0, {"commune": "Lyon"}), entree("2", 1, {"commune": "Bron"}, "2027-01-15", remplace="1")]
    )
    assert chaine.etat(JOUR) == {"commune": "Lyon"}
    assert chaine.etat(date(2027, 1, 15)) == {"commune": "Bron"}


def test_un_telephone_et_un_demenagement_signales_ensemble_se_completent() -> None:
    [chaine] = chaines(
        [
            entree("1", 0, {"commune": "Lyon", "telephone": "1"}),
            entree("2", 1, {"commune": "Bron"}, "2027-01-15", remplace="1"),
            entree("3", 2, {"telephone": "2"}, "2026-11-20", remplace="2"),
        ]
    )
    assert chaine.etat(JOUR) == {"commune": "Lyon", "telephone": "2"}
    assert chaine.etat(date(2027, 2, 1)) == {"commune": "Bron", "telephone": "2"}


def test_chaque_entree_montre_l_etat_qu_elle_a_laisse() -> None:
    premiere, seconde = entree("1", 0, {"a": 1, "b": 1}), entree("2", 1, {"b": 2}, remplace="1")
    chaine = Chaine((premiere, seconde))
    assert chaine.etat_apres(premiere) == {"a": 1, "b": 1}
    assert chaine.etat_apres(seconde) == {"a": 1, "b": 2}


def test_une_entree_finie_n_est_plus_en_vigueur() -> None:
    [chaine] = chaines([entree("1", 0, {}, "2020-09-01", date_fin=date(2024, 8, 31))])
    assert chaine.en_vigueur(JOUR) is None
    assert chaine.en_vigueur(date(2024, 8, 31)) is not None


def test_des_entrees_sans_lien_restent_cote_a_cote() -> None:
    assert len(chaines([entree("1", 0, {"prenom": "Léa"}), entree("2", 1, {"prenom": "Tom"})])) == 2
