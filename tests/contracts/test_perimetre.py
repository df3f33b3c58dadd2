"""Who may act on whom."""

from datetime import date

from contracts import perimetre

JOUR = date(2026, 11, 24)
ANGLAIS = {
    "portefeuille_id": "10.DPE2-ANGLAIS",
    "titulaire": "sylvie",
    "suppleances": [{"personne_id": "paul", "du": "2026-11-23", "au": "2026-11-27"}],
}
RENE = {"personne_id": "rene", "portefeuille_id": "10.DPE2-ANGLAIS", "compte_actif": True}


def test_la_titulaire_gere_les_agents_de_son_portefeuille() -> None:
    assert perimetre.gere("sylvie", RENE, ANGLAIS, JOUR)


def test_le_suppleant_gere_pendant_les_dates_de_sa_suppleance_seulement() -> None:
    assert perimetre.gere("paul", RENE, ANGLAIS, date(2026, 11, 23))
    assert perimetre.gere("paul", RENE, ANGLAIS, date(2026, 11, 27))
    assert not perimetre.gere("paul", RENE, ANGLAIS, date(2026, 11, 28))


def test_un_portefeuille_d_un_autre_ne_donne_aucun_droit() -> None:
    autre = {**ANGLAIS, "portefeuille_id": "10.DPE1-MATHS"}
    assert not perimetre.gere("sylvie", RENE, autre, JOUR)


def test_un_agent_inconnu_ou_sans_portefeuille_n_est_gere_par_personne() -> None:
    assert not perimetre.gere("sylvie", None, ANGLAIS, JOUR)
    assert not perimetre.gere("sylvie", RENE, None, JOUR)
    assert not perimetre.gere("sylvie", {**RENE, "portefeuille_id": None}, ANGLAIS, JOUR)


def test_le_correspondant_est_le_suppleant_pendant_l_absence_puis_la_titulaire() -> None:
    assert perimetre.correspondant(ANGLAIS, JOUR) == "paul"
    assert perimetre.correspondant(ANGLAIS, date(2026, 12, 1)) == "sylvie"


def test_les_portefeuilles_d_une_personne_comptent_ses_suppleances() -> None:
    assert perimetre.portefeuilles_de("paul", [ANGLAIS], JOUR) == {"10.DPE2-ANGLAIS"}
    assert perimetre.portefeuilles_de("paul", [ANGLAIS], date(2027, 1, 1)) == frozenset()


def test_un_compte_inconnu_ou_inactif_ne_fait_rien() -> None:
    assert perimetre.compte_actif(RENE)
    assert not perimetre.compte_actif({**RENE, "compte_actif": False})
    assert not perimetre.compte_actif(None)
