"""What French readers see of dates, sizes and names."""

from datetime import UTC, date, datetime

import pytest
from gateway.entrypoints.http import formats

RENE = {"personne_id": "x", "civilite": "M.", "prenom": "René", "nom": "Dupont"}


def lisible(texte: str) -> str:
    return texte.replace("\u00a0", " ").replace("\u202f", " ")


def test_une_date_s_ecrit_en_toutes_lettres():
    assert formats.date_longue(date(2026, 11, 24)) == "24 novembre 2026"


def test_le_premier_du_mois_s_ecrit_1er():
    assert formats.date_longue("2026-12-01") == "1er décembre 2026"


def test_un_moment_se_lit_a_l_heure_de_paris():
    assert lisible(formats.date_heure("2026-11-24T14:12:00+00:00")) == "24 novembre 2026 à 15 h 12"


def test_un_moment_du_soir_en_temps_universel_tombe_le_lendemain_a_paris():
    assert formats.date_longue(datetime(2026, 7, 31, 22, 30, tzinfo=UTC)) == "1er août 2026"


def test_une_date_sans_heure_n_invente_pas_d_heure():
    assert formats.heure("2026-11-24") == ""
    assert formats.date_heure("2026-11-24") == "24 novembre 2026"


def test_les_dates_de_tableau_sont_abregees():
    assert formats.date_courte("2026-11-24") == "24 nov. 2026"
    assert formats.jour_mois("2026-12-01") == "1er déc."


def test_l_attribut_datetime_porte_le_fuseau():
    assert formats.iso("2026-11-24T14:12:33.123+00:00") == "2026-11-24T15:12+01:00"
    assert formats.iso("2026-11-24") == "2026-11-24"


@pytest.mark.parametrize("filtre", [formats.date_longue, formats.date_heure, formats.iso, formats.heure])
@pytest.mark.parametrize("rien", [None, ""])
def test_rien_s_ecrit_par_rien(filtre, rien):
    assert filtre(rien) == ""


@pytest.mark.parametrize(
    ("octets", "attendu"),
    [(0, "0 octet"), (12, "12 octets"), (312_400, "312 Ko"), (1_240_000, "1,2 Mo"), (None, "")],
)
def test_une_taille_se_lit_comme_dans_un_gestionnaire_de_fichiers(octets, attendu):
    assert lisible(formats.taille(octets)) == attendu


def test_la_virgule_est_decimale():
    assert lisible(formats.nombre(2.4)) == "2,4"
    assert lisible(formats.nombre(1204)) == "1 204"


@pytest.mark.parametrize(("n", "attendu"), [(0, "0 message"), (1, "1 message"), (2, "2 messages")])
def test_zero_reste_au_singulier(n, attendu):
    assert lisible(formats.pluriel(n, "message")) == attendu


def test_un_pluriel_irregulier_est_donne():
    assert lisible(formats.pluriel(3, "travail", "travaux")) == "3 travaux"


def test_le_numen_et_l_iban_restent_masques():
    assert formats.numen_masque("10E0912345SST") == "10E09•••••SST"
    assert lisible(formats.iban_masque("FR84 3000 4000 0312 3456 7890 0792")) == "FR84 •••• •••• 0792"
    assert formats.numen_masque("court") == ""


def test_les_noms_se_disent_de_trois_facons():
    assert formats.nom_complet(RENE) == "René Dupont"
    assert lisible(formats.nom_civil(RENE)) == "M. Dupont"
    assert formats.initiales(RENE) == "RD"


def test_un_nom_inconnu_ne_casse_pas_la_page():
    assert formats.nom_complet(None) == "un agent du service"
    assert formats.nom_civil({"nom": None}) == "l’agent"
    assert formats.initiales(None) == "?"


def test_l_echeance_se_compte_en_jours():
    assert formats.jours_jusqua("2026-11-27", date(2026, 11, 24)) == 3
    assert formats.jours_jusqua("2026-11-23", date(2026, 11, 24)) == -1


@pytest.mark.parametrize(
    ("libelle", "attendu"),
    [
        ("Situation familiale", "situation familiale"),
        ("État civil", "état civil"),
        ("PACS", "PACS"),
        (None, ""),
    ],
)
def test_un_sigle_garde_ses_capitales_dans_une_phrase(libelle, attendu):
    assert formats.en_phrase(libelle) == attendu
