"""The routes, called with real tokens."""

import pytest

from services.identity.tests.doublures import Monde
from services.identity.tests.navigateur import Navigateur

RENE, SYLVIE, KARIM = "rdupont", "sperrin", "kbenali"
RESPONSABLE, ADMINISTRATEUR, CHEF, INSPECTEUR = "bchevalier", "odiallo", "jmahe", "hbazin"
ANGLAIS, MATHS = "10.DPE2-ANGLAIS", "10.DPE3-MATHS"


def test_moi_dit_qui_je_suis_et_qui_s_occupe_de_moi(web: Navigateur) -> None:
    moi = web.lire("/moi", RENE).json
    assert moi is not None
    assert (moi["identifiant"], moi["roles"], moi["academie_libelle"]) == (RENE, ["enseignant"], "Lyon")
    assert (moi["corps_libelle"], moi["grade_libelle"], moi["echelon"]) == (
        "Professeur certifié",
        "Classe normale",
        9,
    )
    assert moi["discipline_libelle"] == "Anglais"
    assert moi["etablissement"]["denomination"] == "Lycée des Essais"
    assert moi["perimetre"] == "Votre propre dossier."
    assert (moi["correspondant"]["nom"], moi["correspondant"]["service"]) == ("Perrin", "DPE 2")
    assert moi["correspondant"]["suppleant"] is None
    assert "numen" not in str(moi).lower()


@pytest.mark.parametrize(
    ("qui", "mots"),
    [
        (SYLVIE, "Anglais (DPE 2)"),
        (RESPONSABLE, "portefeuilles, les absences"),
        (ADMINISTRATEUR, "Aucun dossier"),
        (CHEF, "Lycée des Essais"),
        (INSPECTEUR, "Anglais"),
    ],
)
def test_chacun_lit_son_perimetre_en_une_phrase(qui: str, mots: str, web: Navigateur) -> None:
    moi = web.lire("/moi", qui).json
    assert moi is not None
    assert mots in moi["perimetre"]


def test_une_gestionnaire_cherche_dans_ses_portefeuilles_seulement(web: Navigateur) -> None:
    trouves = web.lire("/agents?q=rené dup", SYLVIE).json
    assert trouves is not None
    assert (trouves["total"], trouves["page"], trouves["pages"]) == (3, 1, 1)
    assert trouves["agents"][0]["corps_libelle"] == "Professeur certifié"
    vide = web.lire("/agents?q=dupont", KARIM).json
    assert vide is not None
    assert vide["agents"] == []


def test_une_recherche_se_lit_page_par_page(web: Navigateur) -> None:
    seconde = web.lire("/agents?q=dupont&page=2&par_page=2", SYLVIE).json
    assert seconde is not None
    assert (len(seconde["agents"]), seconde["total"], seconde["pages"]) == (1, 3, 2)


def test_une_recherche_sans_aucune_lettre_ne_trouve_personne(web: Navigateur) -> None:
    vide = web.lire("/agents?q=%3F%3F", SYLVIE).json
    assert vide is not None
    assert vide["total"] == 0


def test_chercher_dans_le_portefeuille_d_une_autre_est_introuvable(web: Navigateur) -> None:
    assert web.lire(f"/agents?portefeuille={ANGLAIS}", SYLVIE).status_code == 200
    assert web.lire(f"/agents?portefeuille={MATHS}", SYLVIE).status_code == 404


@pytest.mark.parametrize("qui", [RENE, RESPONSABLE, CHEF, INSPECTEUR, ADMINISTRATEUR])
def test_la_recherche_est_reservee_aux_gestionnaires(qui: str, web: Navigateur) -> None:
    assert web.lire("/agents", qui).status_code == 403


@pytest.mark.parametrize("qui", [RENE, SYLVIE, CHEF, INSPECTEUR])
def test_la_fiche_d_un_agent_s_ouvre_a_qui_l_a_dans_son_perimetre(
    qui: str, web: Navigateur, monde: Monde
) -> None:
    reponse = web.lire(f"/agents/{monde.id(RENE)}", qui)
    assert reponse.status_code == 200
    assert reponse.headers["ETag"] == '"1"'


@pytest.mark.parametrize("qui", ["rdupont1", KARIM, RESPONSABLE, ADMINISTRATEUR])
def test_la_fiche_d_un_agent_hors_perimetre_est_introuvable_et_le_refus_est_garde(
    qui: str, web: Navigateur, monde: Monde
) -> None:
    assert web.lire(f"/agents/{monde.id(RENE)}", qui).status_code == 404
    (refus,) = monde.consultations.of(monde.id(RENE))
    assert (refus.acteur, refus.motif) == (monde.id(qui), "refus")


def test_une_personne_inconnue_du_service_est_introuvable(web: Navigateur, monde: Monde) -> None:
    assert web.lire("/agents/00000000-0000-4000-8000-000000000000", SYLVIE).status_code == 404


def test_les_noms_se_demandent_par_lot_et_de_service_a_service(web: Navigateur, monde: Monde) -> None:
    ids = [monde.id(RENE), monde.id(SYLVIE), "inconnu"]
    noms = web.en_service("/interne/noms", {"ids": ids}, "gateway-service").json
    assert noms is not None
    assert noms["noms"] == {
        monde.id(RENE): {
            "civilite": "M",
            "nom": "Dupont",
            "prenom": "René",
            "corps_libelle": "Professeur certifié",
            "corps_collectif": "Professeurs certifiés",
            "etablissement_libelle": "Lycée des Essais",
        },
        monde.id(SYLVIE): {
            "civilite": None,
            "nom": "Perrin",
            "prenom": "Sylvie",
            "corps_libelle": None,
            "corps_collectif": None,
            "etablissement_libelle": None,
        },
    }
    assert web.en_service("/interne/noms", {"ids": ids}, "cv").status_code == 403
    assert web.en_service("/interne/noms", {"ids": ["x"] * 501}, "gateway-service").status_code == 422


def suppleer(web: Navigateur, monde: Monde, qui: str = RESPONSABLE, **champs: str) -> int:
    corps = {"personne_id": monde.id(KARIM), "du": "2026-11-16", "au": "2026-11-27", **champs}
    return web.envoyer(f"/portefeuilles/{ANGLAIS}/suppleances", corps, qui).status_code


def test_pendant_une_absence_la_suppleante_voit_les_agents_et_repond_a_leur_place(
    web: Navigateur, monde: Monde
) -> None:
    assert suppleer(web, monde) == 200
    assert web.lire(f"/agents/{monde.id(RENE)}", KARIM).status_code == 200
    moi = web.lire("/moi", RENE).json
    assert moi is not None
    assert (moi["correspondant"]["nom"], moi["correspondant"]["suppleant"]["nom"]) == ("Perrin", "Benali")
    assert moi["correspondant"]["suppleant"]["jusqu_au"] == "2026-11-27"
    (_, dernier) = monde.portefeuilles.published(ANGLAIS)
    assert dernier["data"]["suppleances"][0]["personne_id"] == monde.id(KARIM)


def test_apres_l_absence_la_suppleante_ne_voit_plus_rien(web: Navigateur, monde: Monde) -> None:
    assert suppleer(web, monde, du="2026-10-01", au="2026-11-19") == 200
    assert web.lire(f"/agents/{monde.id(RENE)}", KARIM).status_code == 404


@pytest.mark.parametrize(
    ("champs", "statut"), [({"au": "2026-11-01"}, 422), ({"du": "bientôt"}, 422), ({"personne_id": "x"}, 422)]
)
def test_une_suppleance_mal_remplie_est_refusee(
    champs: dict[str, str], statut: int, web: Navigateur, monde: Monde
) -> None:
    assert suppleer(web, monde, **champs) == statut


def test_la_titulaire_ne_se_supplee_pas_elle_meme(web: Navigateur, monde: Monde) -> None:
    assert suppleer(web, monde, personne_id=monde.id(SYLVIE)) == 409


def test_un_agent_ne_peut_pas_nommer_de_suppleant(web: Navigateur, monde: Monde) -> None:
    assert suppleer(web, monde, RENE) == 403


def test_un_transfert_change_qui_voit_l_agent_et_le_dit_aux_autres_services(
    web: Navigateur, monde: Monde
) -> None:
    chemin = f"/agents/{monde.id(RENE)}"
    assert web.envoyer(f"{chemin}/rattachement", {"portefeuille_id": MATHS}, RESPONSABLE).status_code == 200
    assert web.lire(chemin, SYLVIE).status_code == 404
    assert web.lire(chemin, KARIM).status_code == 200
    dernier = monde.personnes.published(monde.id(RENE))[-1]
    assert (dernier["data"]["motif"], dernier["data"]["portefeuille_id"]) == ("transfert", MATHS)


def test_un_transfert_vers_un_portefeuille_inconnu_est_refuse(web: Navigateur, monde: Monde) -> None:
    chemin = f"/agents/{monde.id(RENE)}/rattachement"
    assert web.envoyer(chemin, {"portefeuille_id": "10.RIEN"}, RESPONSABLE).status_code == 422


def test_une_decision_sur_une_fiche_qui_a_change_montre_la_fiche(web: Navigateur, monde: Monde) -> None:
    chemin = f"/agents/{monde.id(RENE)}/rattachement"
    web.envoyer(chemin, {"portefeuille_id": MATHS}, RESPONSABLE, cle="cle-0001")
    reponse = web.envoyer(
        chemin, {"portefeuille_id": ANGLAIS}, RESPONSABLE, cle="cle-0002", **{"If-Match": '"1"'}
    )
    assert reponse.status_code == 412
    assert reponse.json is not None
    assert reponse.json["item"]["portefeuille_id"] == MATHS


def test_un_compte_desactive_ne_cherche_plus_et_tous_les_services_le_savent(
    web: Navigateur, monde: Monde
) -> None:
    chemin = f"/personnes/{monde.id(SYLVIE)}/desactivation"
    assert web.envoyer(chemin, {}, ADMINISTRATEUR).status_code == 200
    assert web.lire("/agents", SYLVIE).status_code == 403
    assert web.lire(f"/agents/{monde.id(RENE)}", SYLVIE).status_code == 404
    dernier = monde.personnes.published(monde.id(SYLVIE))[-1]
    assert (dernier["data"]["compte_actif"], dernier["data"]["motif"]) == (False, "desactivation")


def test_desactiver_deux_fois_n_ecrit_qu_une_fois(web: Navigateur, monde: Monde) -> None:
    chemin = f"/personnes/{monde.id(SYLVIE)}/desactivation"
    web.envoyer(chemin, {}, ADMINISTRATEUR, cle="cle-0001")
    assert web.envoyer(chemin, {}, ADMINISTRATEUR, cle="cle-0001").status_code == 200
    assert web.envoyer(chemin, {}, ADMINISTRATEUR, cle="cle-0002").status_code == 200
    assert len(monde.personnes.published(monde.id(SYLVIE))) == 2
