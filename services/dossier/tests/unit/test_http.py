"""The routes, called with real tokens."""

from typing import Any

import pytest

from chassis.testing.files import a_pdf

ADRESSE = {
    "rubrique": "coordonnees",
    "cas": "adresse",
    "valeurs": {"adresse": "12, rue des Lilas", "code_postal": "69007", "commune": "Lyon"},
    "date_effet": "2026-11-20",
}


def signaler(web: Any, corps: dict[str, Any] | None = None, **options: Any) -> Any:
    rene = web.monde.rene
    return web.envoyer(
        f"/dossiers/{rene}/changements", {**ADRESSE, **(corps or {})}, rene, "enseignant", **options
    )


@pytest.fixture
def demande(web: Any) -> dict[str, Any]:
    item: dict[str, Any] = signaler(web).json["item"]
    return item


def acte(web: Any, demande: dict[str, Any], nom: str, corps: dict[str, Any], **options: Any) -> Any:
    chemin = f"/dossiers/{demande['agent']}/changements/{demande['id']}/{nom}"
    return web.envoyer(chemin, corps, options.pop("qui", web.monde.sylvie), "gestionnaire", **options)


def test_signaler_rend_la_demande_sa_revision_et_son_numero_d_evenement(web: Any) -> None:
    reponse = signaler(web)
    assert reponse.status_code == 201
    item = reponse.json["item"]
    assert item["reference"].startswith("LYO-2026-")
    assert reponse.headers["ETag"] == f'"{item["rev"]}"'
    assert reponse.json["seq"] == 2
    assert item["peut"] == ["annuler"]


def test_la_demande_montre_l_avant_et_l_apres(web: Any, demande: dict[str, Any]) -> None:
    commune = next(v for v in demande["valeurs"] if v["nom"] == "commune")
    assert commune == {
        "nom": "commune",
        "libelle": "Commune",
        "declaree": "Lyon",
        "presente": "Lopez-sur-Mer",
        "change": True,
    }
    assert demande["saisie"]["code_postal"] == "69007"


def test_l_avant_reste_celui_d_avant_la_decision(web: Any, demande: dict[str, Any]) -> None:
    acte(web, demande, "prendre-en-charge", {})
    item = acte(web, demande, "accepter", {"vu": ["commune"]}).json["item"]
    commune = next(v for v in item["valeurs"] if v["nom"] == "commune")
    assert (commune["presente"], commune["declaree"], item["etat"]) == ("Lopez-sur-Mer", "Lyon", "accepte")


def test_sans_cle_de_repetition_rien_ne_se_fait(web: Any) -> None:
    rene = web.monde.rene
    reponse = web.client.post(
        f"/dossiers/{rene}/changements", json=ADRESSE, headers=web.monde.issuer.bearer(rene, "enseignant")
    )
    assert reponse.status_code == 400
    assert web.monde.dossier().changements == {}


def test_un_double_envoi_rend_la_meme_demande(web: Any) -> None:
    premier, second = signaler(web, cle="cle-unique-1"), signaler(web, cle="cle-unique-1")
    assert (premier.json["item"]["id"], premier.json["seq"]) == (
        second.json["item"]["id"],
        second.json["seq"],
    )
    assert len(web.monde.dossier().changements) == 1


def test_la_meme_cle_pour_autre_chose_est_refusee(web: Any) -> None:
    signaler(web, cle="cle-unique-1")
    assert signaler(web, {"date_effet": "2026-11-21"}, cle="cle-unique-1").status_code == 422


def test_les_erreurs_nomment_leur_champ(web: Any) -> None:
    reponse = signaler(web, {"date_effet": "2062-01-01"})
    assert reponse.status_code == 422
    assert [e["champ"] for e in reponse.json["erreurs"]] == ["date_effet"]


def test_une_rubrique_inconnue_donne_404(web: Any) -> None:
    assert signaler(web, {"rubrique": "horoscope"}).status_code == 404
    rene = web.monde.rene
    assert web.lire(f"/dossiers/{rene}/rubriques/horoscope", rene, "enseignant").status_code == 404


def test_le_dossier_d_un_autre_donne_404_et_l_essai_est_journalise(web: Any) -> None:
    monde = web.monde
    for chemin in ("", "/rubriques/enfants", "/changements", "/consultations"):
        assert web.lire(f"/dossiers/{monde.rachel}{chemin}", monde.rene, "enseignant").status_code == 404
    assert len(monde.application.acces_refuses.of(monde.rachel)) == 4


@pytest.mark.parametrize("role", ["chef-etablissement", "inspecteur", "responsable", "administrateur"])
def test_un_autre_role_n_ouvre_pas_un_dossier(web: Any, role: str) -> None:
    assert web.lire(f"/dossiers/{web.monde.rene}", web.monde.paul, role).status_code == 404


def test_un_enseignant_ne_decide_pas(web: Any, demande: dict[str, Any]) -> None:
    for nom in ("prendre-en-charge", "liberer", "accepter", "refuser", "demander-complement"):
        chemin = f"/dossiers/{demande['agent']}/changements/{demande['id']}/{nom}"
        assert web.envoyer(chemin, {}, web.monde.rene, "enseignant").status_code == 403


def test_la_gestionnaire_lit_le_dossier_et_l_agent_le_sait(web: Any) -> None:
    monde = web.monde
    chemin = f"/dossiers/{monde.rene}"
    assert (
        web.lire(chemin, monde.sylvie, "gestionnaire", **{"X-Motif-Consultation": "recherche"}).status_code
        == 200
    )
    [vue] = web.lire(f"{chemin}/consultations", monde.rene, "enseignant").json["consultations"]
    assert (vue["acteur"], vue["motif"], vue["le"][:10]) == (monde.sylvie, "recherche", "2026-11-24")
    assert vue["motif_libelle"] == "Recherche dans le portefeuille"


def test_lire_son_propre_dossier_ne_laisse_pas_de_trace(web: Any) -> None:
    monde = web.monde
    web.lire(f"/dossiers/{monde.rene}", monde.rene, "enseignant")
    assert monde.application.consultations.of(monde.rene) == []


def test_le_dossier_ne_montre_ni_le_numen_ni_l_iban_en_entier(web: Any) -> None:
    lu = web.lire(f"/dossiers/{web.monde.rene}", web.monde.rene, "enseignant")
    assert lu.json["numen_masque"] == "10E09•••••SST"
    assert "10E0989434SST" not in lu.text
    banque = next(r for r in lu.json["rubriques"] if r["code"] == "coordonnees_bancaires")
    assert banque["entrees"][0]["valeurs"][0]["affichage"] == "FR84 •••• •••• 0792"
    assert "FR8427684268465632122330792" not in lu.text


def test_chaque_rubrique_a_son_resume_son_origine_et_sa_date(web: Any) -> None:
    rubriques = web.lire(f"/dossiers/{web.monde.rene}", web.monde.rene, "enseignant").json["rubriques"]
    resumes = {r["code"]: r["resume"] for r in rubriques}
    assert resumes["coordonnees"] == "80, rue Juliette Ferreira, 69614 Lopez-sur-Mer"
    assert resumes["carriere"] == "Professeur certifié, Classe normale, échelon 9"
    assert resumes["affectations"] == "Collège Chantal Mary, Étienne-la-Forêt, À titre définitif"
    assert resumes["distinctions"] == "Aucune information enregistrée"
    [coordonnees] = [r for r in rubriques if r["code"] == "coordonnees"]
    assert coordonnees["presentes"]["telephone"] == "06 75 20 16 74"
    assert {(r["a_jour_au"], r["origine"]) for r in rubriques} == {("2026-09-01", "base")}


def test_la_completude_nomme_ce_qui_manque(web: Any) -> None:
    monde = web.monde
    sans_telephone = {"adresse": ["1, rue X"], "code_postal": "69001", "commune": "Lyon", "pays": "FR"}
    gael = monde.gaelle
    monde.charger(gael, coordonnees=sans_telephone)
    lu = web.lire(f"/dossiers/{gael}", gael, "enseignant").json
    assert {m["libelle"] for m in lu["completude"]["manques"]} == {"Téléphone", "Courriel personnel"}
    assert lu["completude"]["pourcentage"] == 93


def test_apres_la_decision_la_rubrique_montre_l_histoire(web: Any, demande: dict[str, Any]) -> None:
    acte(web, demande, "prendre-en-charge", {})
    acte(web, demande, "accepter", {})
    chemin = f"/dossiers/{web.monde.rene}/rubriques/coordonnees"
    lu = web.lire(chemin, web.monde.rene, "enseignant").json
    nouvelle, ancienne = lu["entrees"]
    assert (nouvelle["en_vigueur"], nouvelle["en_attente_reprise"]) == (True, True)
    assert nouvelle["decision"]["par"] == web.monde.sylvie
    assert (ancienne["en_vigueur"], ancienne["remplacee"]) == (False, True)
    assert (lu["etat"], lu["resume"]) == ("en_attente", "12, rue des Lilas, 69007 Lyon")


def test_une_decision_perimee_montre_celle_de_l_autre(web: Any, demande: dict[str, Any]) -> None:
    rev = acte(web, demande, "prendre-en-charge", {}).json["item"]["rev"]
    acte(web, demande, "refuser", {"motif": "Adresse illisible."})
    reponse = acte(web, demande, "accepter", {}, rev=rev)
    assert reponse.status_code == 412
    assert reponse.json["item"]["decision"]["motif"] == "Adresse illisible."


def test_un_refus_dit_comment_le_contester_et_jusqu_a_quand(web: Any, demande: dict[str, Any]) -> None:
    acte(web, demande, "prendre-en-charge", {})
    item = acte(web, demande, "refuser", {"motif": "Non prouvé.", "modele": "piece_non_probante"}).json[
        "item"
    ]
    assert [voie["delai"] for voie in item["recours"]] == [None, "2027-01-24", "2027-01-24"]
    assert item["decision"]["modele"] == "piece_non_probante"


def test_une_demande_tenue_par_une_autre_donne_409(web: Any, demande: dict[str, Any]) -> None:
    monde = web.monde
    acte(web, demande, "prendre-en-charge", {})
    monde.suppleer(monde.gaelle, "2026-11-01", "2026-12-01")
    reponse = acte(web, demande, "accepter", {}, qui=monde.gaelle)
    assert reponse.status_code == 409
    assert "prise en charge" in reponse.json["detail"]


def test_une_piece_se_depose_se_cite_se_voit_et_se_telecharge(web: Any) -> None:
    monde = web.monde
    ref = web.deposer("acte.pdf", a_pdf(), monde.rene, monde.rene).json["ref"]
    corps = {
        "rubrique": "enfants",
        "cas": "naissance",
        "valeurs": {"prenom": "Léa"},
        "date_effet": "2026-11-02",
        "pieces": [{"usage": "acte_naissance", "ref": ref}],
    }
    demande = signaler(web, corps).json["item"]
    assert [valeur["nom"] for valeur in demande["valeurs"]] == ["prenom", "a_charge"]
    chemin = f"/dossiers/{monde.rene}/changements/{demande['id']}/pieces/1"
    original = web.lire(chemin, monde.sylvie, "gestionnaire")
    assert original.headers["Content-Disposition"].startswith("attachment")
    assert original.data == a_pdf()
    assert web.lire(f"{chemin}/pages/1", monde.sylvie, "gestionnaire").content_type == "image/png"
    assert web.lire(f"{chemin}/pages/1", monde.paul, "gestionnaire").status_code == 404
    assert web.lire(chemin.replace("/1", "/2"), monde.sylvie, "gestionnaire").status_code == 404


@pytest.mark.parametrize(
    ("nom", "contenu"),
    [("vide.pdf", b""), ("photo.pdf", b"\x89PNG\r\n\x1a\n" + b"0" * 40), ("note.txt", b"bonjour")],
)
def test_une_piece_vide_deguisee_ou_d_un_autre_type_est_refusee(web: Any, nom: str, contenu: bytes) -> None:
    assert web.deposer(nom, contenu, web.monde.rene, web.monde.rene).status_code == 422


def test_on_ne_depose_rien_pour_un_autre(web: Any) -> None:
    assert web.deposer("acte.pdf", a_pdf(), web.monde.rene, web.monde.rachel).status_code == 404


def test_ce_qui_peut_etre_signale_est_decrit_pour_le_formulaire(web: Any) -> None:
    rubriques = web.lire("/rubriques", web.monde.rene, "enseignant").json["rubriques"]
    [coordonnees] = [r for r in rubriques if r["code"] == "coordonnees"]
    adresse = coordonnees["cas"][0]
    assert adresse["date_effet"]["future_max_jours"] == 180
    commune = next(champ for champ in adresse["champs"] if champ["nom"] == "commune")
    assert (commune["obligatoire"], commune["presente_depuis"]) == (True, "coordonnees.commune")


def test_les_modeles_de_motif_sont_donnes_par_nature(web: Any) -> None:
    motifs = web.lire("/motifs", web.monde.sylvie, "gestionnaire").json["motifs"]
    assert {motif["nature"] for motif in motifs} == {"refus", "complement"}


def test_le_journal_est_reserve_aux_services(web: Any) -> None:
    monde = web.monde
    chemin = f"/interne/journal/dossier/{monde.rene}?depuis=0"
    assert web.lire(chemin, monde.rene, "enseignant").status_code == 403
    reponse = web.client.get(chemin, headers=monde.issuer.service_bearer("courrier"))
    assert [e["type"] for e in reponse.json["evenements"]] == ["dossier.mis_a_jour.v1"]


def test_sans_jeton_rien_ne_s_ouvre(web: Any) -> None:
    for regle in web.client.application.url_map.iter_rules():
        if "GET" in regle.methods and not regle.rule.startswith(("/live", "/ready")):
            chemin = (
                regle.rule.replace("<int:n>", "1").replace("<int:p>", "1").replace("<", "").replace(">", "")
            )
            assert web.client.get(chemin).status_code == 401, regle.rule
