"""What somebody typed, before any service sees it."""

import json

import pytest
from gateway.application.saisie import Saisie, champ_du_formulaire, premieres_erreurs

CAS = {
    "champs": [
        {"nom": "prenom", "libelle": "Prénom de l’enfant", "type": "texte", "obligatoire": True, "max": 10},
        {"nom": "note", "libelle": "Note", "type": "texte", "obligatoire": False, "max": None},
    ],
    "date_effet": {"libelle": "Date de naissance", "aide": ""},
    "pieces": [{"usage": "acte", "libelle": "Acte de naissance", "obligatoire": True, "max": 1}],
}
PIECE = {"ref": "r1", "nom": "acte.pdf", "taille": 12, "pages": 1, "analyse": "non analysée"}


def saisie(**champs: str) -> Saisie:
    return Saisie.of({nom: [valeur] for nom, valeur in champs.items()})


def complete(**autres: str) -> Saisie:
    date = {"date_effet_jour": "10", "date_effet_mois": "11", "date_effet_annee": "2026"}
    return saisie(**({"prenom": "Lucie", "jointe_acte": json.dumps(PIECE)} | date | autres))


def champs_en_erreur(typed: Saisie) -> list[str]:
    return [erreur["champ"] for erreur in premieres_erreurs(typed, CAS)]


def test_un_formulaire_complet_n_a_pas_d_erreur() -> None:
    assert premieres_erreurs(complete(), CAS) == []


def test_chaque_oubli_est_dit_a_son_champ() -> None:
    assert champs_en_erreur(saisie()) == ["prenom", "date_effet", "piece_acte"]


def test_une_date_qui_n_existe_pas_est_dite() -> None:
    assert champs_en_erreur(complete(date_effet_jour="31")) == ["date_effet"]


def test_une_reponse_trop_longue_est_dite() -> None:
    assert champs_en_erreur(complete(prenom="Marie-Antoinette")) == ["prenom"]


def test_une_piece_refusee_n_est_pas_en_plus_reclamee() -> None:
    refus = {"champ": "piece_acte", "message": "« acte.pdf » est vide."}
    typed = complete(jointe_acte="pas du json")
    assert premieres_erreurs(typed, CAS, [refus]) == [refus]


@pytest.mark.parametrize(
    ("parts", "attendu"),
    [(("7", "3", "2026"), "2026-03-07"), (("31", "2", "2026"), "31/2/2026"), (("", "", ""), "")],
)
def test_trois_champs_font_une_date_ou_restent_tels_quels(parts: tuple[str, str, str], attendu: str) -> None:
    jour, mois, annee = parts
    assert saisie(d_jour=jour, d_mois=mois, d_annee=annee).date("d") == attendu


def test_retirer_un_fichier_garde_les_autres() -> None:
    autre = {**PIECE, "ref": "r2"}
    typed = Saisie.of({"jointe_acte": [json.dumps(PIECE), json.dumps(autre)], "retirer": ["r1"]})
    assert typed.pieces() == [{"usage": "acte", "ref": "r2"}]


def test_une_piece_reutilisee_et_jointe_n_est_citee_qu_une_fois() -> None:
    typed = complete(reutilise_acte="r1")
    assert typed.pieces() == [{"usage": "acte", "ref": "r1"}]


def test_les_champs_caches_redonnent_la_meme_saisie() -> None:
    typed = complete(message="Bonjour", csrf_token="jeton", cle="cle-1", action="verifier")
    rendue = Saisie.of(typed.en_champs())
    assert rendue.valeurs(CAS["champs"]) == typed.valeurs(CAS["champs"])
    assert rendue.pieces() == typed.pieces()
    assert rendue.texte("message") == "Bonjour"
    assert not {"csrf_token", "cle", "action"} & set(rendue.champs)


@pytest.mark.parametrize(
    ("champ", "attendu"),
    [
        ("valeurs.prenom", "prenom"),
        ("pieces.acte", "piece_acte"),
        ("pieces.inconnue", None),
        ("date_effet", "date_effet"),
        ("", None),
    ],
)
def test_le_refus_d_un_service_retrouve_son_champ(champ: str, attendu: str | None) -> None:
    assert champ_du_formulaire(champ, CAS) == attendu
