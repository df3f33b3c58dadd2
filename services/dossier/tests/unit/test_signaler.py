"""An agent reports a change of her situation."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from dossier.application.commandes import PieceDonnee, PrendreEnCharge, RefuserChangement, SignalerChangement
from dossier.application.handlers import executer
from dossier.domain.erreurs import TransitionInterdite

import contracts
from chassis.errors import CleReutilisee, DonneesInvalides, Interdit, Introuvable
from chassis.ids import derived_id
from chassis.repository import KEY_LIFETIME

DEMENAGEMENT = SignalerChangement(
    derived_id("essai", "rene"),
    "coordonnees",
    "adresse",
    {"adresse": "12, rue des Lilas", "code_postal": "69007", "commune": "Lyon"},
    "2026-11-20",
)


def erreurs(refus: Any) -> dict[str, str]:
    return {erreur.champ: erreur.message for erreur in refus.value.erreurs}


def test_un_demenagement_entre_dans_la_file_avec_une_reference_et_une_echeance(monde: Any) -> None:
    demande = monde.demande(monde.demenager())
    assert demande.etat == "signale"
    assert demande.reference.startswith("LYO-2026-")
    assert demande.echeance.isoformat() == "2026-12-01"
    assert demande.chronologie[0].acte == "signaler"


def test_une_demande_part_sur_le_fil_sans_rien_de_personnel(monde: Any) -> None:
    monde.demenager()
    evenement = monde.evenements()[-1]
    contracts.validate_produced(evenement)
    assert evenement["type"] == "dossier.changement.signale.v1"
    assert "Lilas" not in str(evenement)


def test_signaler_ne_change_rien_au_contenu_du_dossier(monde: Any) -> None:
    avant = monde.dossier().entrees
    monde.demenager()
    assert monde.dossier().entrees == avant


def test_un_agent_ne_signale_que_pour_lui_meme_et_l_essai_est_journalise(monde: Any) -> None:
    commande = SignalerChangement(
        monde.rachel, "coordonnees", "telephone", {"telephone": "0612345678"}, "2026-11-01"
    )
    with pytest.raises(Introuvable):
        executer(monde.application, commande, monde.agent(monde.rene))
    assert [ligne.acteur for ligne in monde.application.acces_refuses.of(monde.rachel)] == [monde.rene]
    assert monde.dossier(monde.rachel).changements == {}


def test_son_gestionnaire_non_plus_ne_signale_pas_a_sa_place(monde: Any) -> None:
    commande = SignalerChangement(monde.rene, "coordonnees", "telephone", {}, "2026-11-01")
    with pytest.raises(Introuvable):
        executer(monde.application, commande, monde.gestionnaire())


def test_un_compte_ferme_ne_fait_plus_rien(monde: Any) -> None:
    monde.agents.etats[monde.rene]["compte_actif"] = False
    with pytest.raises(Interdit):
        monde.demenager()


def test_un_agent_pas_encore_connu_de_la_copie_peut_signaler(monde: Any) -> None:
    monde.agents.deny(monde.rene)
    assert monde.demande(monde.demenager()).etat == "signale"


def test_une_rubrique_ou_un_cas_inconnus_n_existent_pas(monde: Any) -> None:
    for changes in ({"rubrique": "horoscope"}, {"cas": "voyage"}):
        with pytest.raises(Introuvable):
            monde.demenager(**changes)


def test_toutes_les_erreurs_sont_dites_ensemble(monde: Any) -> None:
    with pytest.raises(DonneesInvalides) as refus:
        monde.demenager(
            valeurs={"adresse": "", "code_postal": "6900", "commune": "Lyon", "taille": "12"},
            date_effet="2062-11-06",
            message="x" * 501,
        )
    assert set(erreurs(refus)) == {"adresse", "code_postal", "taille", "date_effet", "message"}


@pytest.mark.parametrize(
    ("date_effet", "phrase"),
    [
        ("", "Indiquez"),
        ("demain", "n’existe pas"),
        ("2027-12-01", "180 jours"),
        ("1970-01-01", "avant votre naissance"),
    ],
)
def test_une_date_d_effet_impossible_est_refusee(monde: Any, date_effet: str, phrase: str) -> None:
    with pytest.raises(DonneesInvalides) as refus:
        monde.demenager(date_effet=date_effet)
    assert phrase in erreurs(refus)["date_effet"]


def test_une_naissance_ne_peut_pas_etre_a_venir(monde: Any) -> None:
    with pytest.raises(DonneesInvalides) as refus:
        monde.naissance(date_effet="2062-11-06")
    assert erreurs(refus)["date_effet"].startswith("L’année est dans le futur : 2062")


def test_une_demande_sans_piece_obligatoire_est_refusee_et_la_piece_nommee(monde: Any) -> None:
    commande = SignalerChangement(monde.rene, "enfants", "naissance", {"prenom": "Léa"}, "2026-11-02")
    with pytest.raises(DonneesInvalides) as refus:
        executer(monde.application, commande, monde.agent())
    assert "Acte de naissance de l’enfant" in erreurs(refus)["pieces.acte_naissance"]


def test_une_piece_imprevue_ou_de_trop_est_refusee(monde: Any) -> None:
    pieces = [monde.deposer("acte_naissance"), monde.deposer("acte_naissance"), monde.deposer("photo")]
    with pytest.raises(DonneesInvalides) as refus:
        monde.naissance(pieces=pieces)
    assert set(erreurs(refus)) == {"pieces.acte_naissance", "pieces.photo"}


def test_la_piece_d_un_autre_agent_n_existe_pas(monde: Any) -> None:
    with pytest.raises(Introuvable):
        monde.naissance(pieces=[monde.deposer("acte_naissance", monde.rachel)])


def test_une_piece_inventee_n_existe_pas(monde: Any) -> None:
    with pytest.raises(Introuvable):
        monde.naissance(pieces=[PieceDonnee("acte_naissance", "inventee")])


def test_la_piece_est_gardee_avec_son_nom_et_son_nombre_de_pages(monde: Any) -> None:
    [piece] = monde.demande(monde.naissance()).pieces
    assert (piece.n, piece.nom, piece.pages) == (1, "acte_naissance.pdf", 1)


def test_redire_ce_que_dit_le_dossier_n_est_pas_un_changement(monde: Any) -> None:
    with pytest.raises(DonneesInvalides) as refus:
        monde.demenager(
            valeurs={
                "adresse": "80, rue Juliette Ferreira",
                "code_postal": "69614",
                "commune": "Lopez-sur-Mer",
            }
        )
    assert "Rien ne change" in erreurs(refus)[""]


def test_un_enfant_deja_au_dossier_n_est_pas_ajoute_deux_fois(monde: Any) -> None:
    with pytest.raises(DonneesInvalides) as refus:
        monde.naissance(valeurs={"prenom": "Pauline"}, date_effet="2004-08-22")
    assert "déjà dans votre dossier" in erreurs(refus)[""]


def test_deux_envois_avec_la_meme_cle_ne_font_qu_une_demande(monde: Any) -> None:
    commande = SignalerChangement(
        monde.rene, "coordonnees", "telephone", {"telephone": "06 12 34 56 78"}, "2026-11-01"
    )
    contexte = monde.agent()
    premiere = executer(monde.application, commande, contexte)
    seconde = executer(monde.application, commande, contexte)
    assert (premiere.item, premiere.seq) == (seconde.item, seconde.seq)
    assert len(monde.dossier().changements) == 1


def test_la_meme_cle_avec_d_autres_reponses_est_refusee(monde: Any) -> None:
    commande = SignalerChangement(
        monde.rene, "coordonnees", "telephone", {"telephone": "06 12 34 56 78"}, "2026-11-01"
    )
    contexte = monde.agent()
    executer(monde.application, commande, contexte)
    with pytest.raises(CleReutilisee):
        executer(monde.application, commande, replace(contexte, body_digest="autre"))


def test_une_demande_ne_cite_qu_une_demande_refusee_du_meme_dossier(monde: Any) -> None:
    with pytest.raises(DonneesInvalides) as refus:
        monde.demenager(demande_citee=monde.naissance())
    assert "demande_citee" in erreurs(refus)


def test_une_erreur_de_carriere_se_signale_sans_rien_changer_au_dossier(monde: Any) -> None:
    commande = SignalerChangement(
        monde.rene,
        "carriere",
        "erreur",
        {"constat": "Échelon 9 au lieu de 10", "attendu": "Échelon 10"},
        "2026-09-01",
    )
    id = executer(monde.application, commande, monde.agent()).item
    assert monde.demande(id).rubrique == "carriere"


def test_une_cle_oubliee_depuis_ne_permet_pas_d_effacer_une_decision(monde: Any) -> None:
    premiere = monde.contexte(monde.rene, "enseignant", cle="cle-du-formulaire")
    id = executer(monde.application, DEMENAGEMENT, premiere).item
    monde.faire(PrendreEnCharge(monde.rene, id))
    monde.faire(RefuserChangement(monde.rene, id, "Adresse non prouvée."))
    seconde = replace(premiere, now=premiere.now + KEY_LIFETIME + timedelta(hours=1))
    with pytest.raises(TransitionInterdite):
        executer(monde.application, DEMENAGEMENT, seconde)
    assert monde.demande(id).etat == "refuse"
