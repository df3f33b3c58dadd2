"""The whole service over HTTP, with signed tokens and everything else in memory."""

from collections.abc import Iterator
from typing import Any

import pytest
from cv.application.commandes import LibererApresTransfert
from cv.application.handlers import HANDLERS
from cv.entrypoints.http import schemas
from cv.entrypoints.http.application import creer
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

import contracts
from chassis.testing.memory import context
from chassis.testing.tokens import LocalIssuer
from services.cv.tests.doublures import (
    AGENT,
    AUTRE_AGENT,
    COLLEGUE,
    ETRANGERE,
    GESTIONNAIRE,
    LETTRES,
    Banc,
    agent,
)

ISSUER = LocalIssuer()
LICENCE = {
    "intitule": "Licence Anglais",
    "niveau": "6",
    "etablissement": "Université Rousset",
    "obtenu_le": "2006-07-01",
}


class Navigateur:
    """Sends requests as one person, a new key each time unless told otherwise."""

    def __init__(self, client: FlaskClient, personne: str, role: str) -> None:
        self._client = client
        self._jeton = ISSUER.bearer(personne, role)
        self._cles = 0

    def get(self, chemin: str, **entetes: str) -> TestResponse:
        return self._client.get(chemin, headers={**self._jeton, **entetes})

    def envoyer(
        self,
        chemin: str,
        corps: dict[str, Any] | None = None,
        *,
        rev: int | None = None,
        cle: str | None = None,
        methode: str = "POST",
    ) -> TestResponse:
        self._cles += 1
        entetes = {**self._jeton, "Idempotency-Key": cle or f"cle-{id(self)}-{self._cles:04d}"}
        if rev is not None:
            entetes["If-Match"] = f'"{rev}"'
        return self._client.open(chemin, method=methode, json=corps or {}, headers=entetes)


@pytest.fixture
def banc() -> Banc:
    return Banc()


@pytest.fixture
def client(banc: Banc) -> Iterator[FlaskClient]:
    app = creer(
        banc.outils,
        None,
        journal=lambda kind, id, seq: [],
        ready={},
        verifier=ISSUER.verifier(),
        clock=banc.clock,
    )
    with app.test_client() as client:
        yield client


@pytest.fixture
def rene(client: FlaskClient) -> Navigateur:
    return Navigateur(client, AGENT, "enseignant")


@pytest.fixture
def sylvie(client: FlaskClient) -> Navigateur:
    return Navigateur(client, GESTIONNAIRE, "gestionnaire")


@pytest.fixture
def etrangere(client: FlaskClient) -> Navigateur:
    return Navigateur(client, ETRANGERE, "gestionnaire")


def chemin(id: str, acte: str = "") -> str:
    return f"/cvs/{AGENT}/elements/{id}" + (f"/{acte}" if acte else "")


def ajoute(banc: Banc, rene: Navigateur, **plus: Any) -> dict[str, Any]:
    corps = {"rubrique": "diplomes", "valeurs": LICENCE, "pieces": [banc.piece()], **plus}
    reponse = rene.envoyer(f"/cvs/{AGENT}/elements", corps)
    assert reponse.status_code == 201, reponse.json
    item: dict[str, Any] = reponse.json["item"]
    return item


def soumis(banc: Banc, rene: Navigateur) -> dict[str, Any]:
    item = ajoute(banc, rene)
    reponse = rene.envoyer(chemin(item["id"], "soumettre"), rev=item["rev"])
    assert reponse.status_code == 200, reponse.json
    soumis: dict[str, Any] = reponse.json["item"]
    return soumis


def types(banc: Banc) -> list[str]:
    return [evenement["type"] for evenement in banc.memoire.published()]


def test_un_diplome_est_ajoute_soumis_verifie_puis_fige(
    banc: Banc, client: FlaskClient, rene: Navigateur, sylvie: Navigateur
) -> None:
    item = soumis(banc, rene)
    assert item["etat"] == "soumis"
    assert item["peut"] == ["modifier", "retirer"]

    pris = sylvie.envoyer(chemin(item["id"], "prendre-en-charge"), rev=item["rev"]).json
    assert pris["item"]["peut"] == ["liberer", "verifier", "a-corriger"]
    fait = sylvie.envoyer(chemin(item["id"], "verifier"), rev=pris["item"]["rev"])
    assert fait.json["item"]["verification"]["par"] == GESTIONNAIRE
    assert fait.headers["ETag"] == f'"{fait.json["item"]["rev"]}"'

    fige = client.get(
        f"/interne/cvs/{AGENT}/elements/{item['id']}/versions/1", headers=ISSUER.service_bearer("dossier")
    )
    assert fige.json["valeurs"]["intitule"] == "Licence Anglais"
    assert fige.json["verifie_par"] == GESTIONNAIRE
    assert types(banc) == [
        "cv.element.soumis.v1",
        "cv.element.pris_en_charge.v1",
        "cv.element.verifie.v1",
    ]


def test_tout_ce_qui_est_publie_suit_son_contrat(banc: Banc, rene: Navigateur, sylvie: Navigateur) -> None:
    item = soumis(banc, rene)
    sylvie.envoyer(chemin(item["id"], "prendre-en-charge"))
    sylvie.envoyer(chemin(item["id"], "liberer"))
    sylvie.envoyer(chemin(item["id"], "prendre-en-charge"))
    renvoi = {"nature": "complement", "motif": "Illisible", "modele": "piece_illisible"}
    sylvie.envoyer(chemin(item["id"], "a-corriger"), renvoi)
    rene.envoyer(chemin(item["id"], "retirer"))
    assert len(types(banc)) == 6
    for evenement in banc.memoire.published():
        contracts.validate_produced(evenement)


def test_ce_qui_est_renvoye_avec_un_motif_se_corrige_et_se_soumet_de_nouveau(
    banc: Banc, rene: Navigateur, sylvie: Navigateur
) -> None:
    item = soumis(banc, rene)
    sylvie.envoyer(chemin(item["id"], "prendre-en-charge"))
    renvoi = {"nature": "refus", "motif": "La pièce montre 2007.", "modele": None}
    sylvie.envoyer(chemin(item["id"], "a-corriger"), renvoi)
    lu = rene.get(chemin(item["id"])).json
    assert (lu["etat"], lu["correction"]["motif"]) == ("a_corriger", "La pièce montre 2007.")

    corps = {"valeurs": {**LICENCE, "obtenu_le": "2007-07-01"}, "pieces": lu["pieces"][:0]}
    corps["pieces"] = [{"usage": p["usage"], "ref": p["ref"]} for p in lu["pieces"]]
    brouillon = rene.envoyer(chemin(item["id"]), corps, rev=lu["rev"], methode="PUT").json["item"]
    assert (brouillon["etat"], brouillon["version"], brouillon["etat_soumis"]) == (
        "brouillon",
        2,
        "a_corriger",
    )
    encore = rene.envoyer(chemin(item["id"], "soumettre"), rev=brouillon["rev"]).json["item"]
    assert (encore["etat"], encore["version"], encore["correction"]) == ("soumis", 2, None)


def test_un_brouillon_n_est_vu_que_de_son_auteur(banc: Banc, rene: Navigateur, sylvie: Navigateur) -> None:
    item = ajoute(banc, rene)
    assert sylvie.get(chemin(item["id"])).status_code == 404
    assert _elements(sylvie.get(f"/cvs/{AGENT}").json) == []
    assert _elements(rene.get(f"/cvs/{AGENT}").json) == [(item["id"], "brouillon")]
    assert types(banc) == []


def test_modifier_un_element_verifie_le_laisse_verifie_pour_les_autres(
    banc: Banc, rene: Navigateur, sylvie: Navigateur
) -> None:
    item = soumis(banc, rene)
    sylvie.envoyer(chemin(item["id"], "prendre-en-charge"))
    sylvie.envoyer(chemin(item["id"], "verifier"))
    rene.envoyer(chemin(item["id"]), {"valeurs": {"intitule": "Autre"}}, methode="PUT")
    assert rene.get(chemin(item["id"])).json["etat"] == "brouillon"
    vu = sylvie.get(chemin(item["id"])).json
    assert (vu["etat"], vu["saisie"]["intitule"]) == ("verifie", "Licence Anglais")


def test_la_piece_obligatoire_manquante_est_nommee_a_la_soumission(banc: Banc, rene: Navigateur) -> None:
    item = ajoute(banc, rene, pieces=[])
    reponse = rene.envoyer(chemin(item["id"], "soumettre"))
    assert reponse.status_code == 422
    assert reponse.json["erreurs"][0]["champ"] == "pieces.diplome"


def test_une_rubrique_qui_ne_se_verifie_pas_ne_se_soumet_pas(banc: Banc, rene: Navigateur) -> None:
    valeurs = {"intitule": "Chorale", "organisme": "Association", "du": "2020-09-01"}
    item = ajoute(banc, rene, rubrique="experiences-personnelles", valeurs=valeurs, pieces=[])
    assert item["peut"] == ["modifier", "retirer"]
    assert rene.envoyer(chemin(item["id"], "soumettre")).status_code == 409


def test_une_rubrique_inconnue_n_existe_pas(rene: Navigateur) -> None:
    corps = {"rubrique": "opinions", "valeurs": {}, "pieces": []}
    assert rene.envoyer(f"/cvs/{AGENT}/elements", corps).status_code == 404


def test_un_double_envoi_n_ajoute_qu_un_element(banc: Banc, rene: Navigateur) -> None:
    corps = {"rubrique": "diplomes", "valeurs": LICENCE, "pieces": []}
    premier = rene.envoyer(f"/cvs/{AGENT}/elements", corps, cle="double-clic-01")
    second = rene.envoyer(f"/cvs/{AGENT}/elements", corps, cle="double-clic-01")
    assert premier.json == second.json
    autre = {**corps, "valeurs": {"intitule": "Autre"}}
    refus = rene.envoyer(f"/cvs/{AGENT}/elements", autre, cle="double-clic-01")
    assert (refus.status_code, len(banc.brouillons.gardes)) == (422, 1)


@pytest.mark.parametrize("acte", ["soumettre", "retirer"])
def test_une_commande_repetee_repond_la_meme_chose(banc: Banc, rene: Navigateur, acte: str) -> None:
    item = ajoute(banc, rene)
    premier = rene.envoyer(chemin(item["id"], acte), rev=item["rev"], cle="double-clic-02")
    second = rene.envoyer(chemin(item["id"], acte), rev=item["rev"], cle="double-clic-02")
    assert (premier.status_code, second.status_code) == (200, 200)
    assert premier.json == second.json
    assert len(types(banc)) == (1 if acte == "soumettre" else 0)


def test_modifier_deux_fois_avec_la_meme_cle_n_ecrit_qu_une_fois(banc: Banc, rene: Navigateur) -> None:
    item, corps = ajoute(banc, rene), {"valeurs": LICENCE, "pieces": []}
    premier = rene.envoyer(chemin(item["id"]), corps, rev=item["rev"], cle="double-clic-03", methode="PUT")
    second = rene.envoyer(chemin(item["id"]), corps, rev=item["rev"], cle="double-clic-03", methode="PUT")
    assert premier.json == second.json
    assert premier.json["item"]["rev"] == item["rev"] + 1


def test_un_brouillon_perime_montre_ce_qu_il_est_devenu(banc: Banc, rene: Navigateur) -> None:
    item = ajoute(banc, rene)
    rene.envoyer(chemin(item["id"]), {"valeurs": {"intitule": "A"}}, rev=item["rev"], methode="PUT")
    refus = rene.envoyer(chemin(item["id"]), {"valeurs": {"intitule": "B"}}, rev=item["rev"], methode="PUT")
    assert refus.status_code == 412
    assert refus.json["item"]["saisie"]["intitule"] == "A"


def test_une_decision_perimee_montre_celle_de_l_autre(
    banc: Banc, client: FlaskClient, rene: Navigateur, sylvie: Navigateur
) -> None:
    item = soumis(banc, rene)
    karim = Navigateur(client, COLLEGUE, "gestionnaire")
    sylvie.envoyer(chemin(item["id"], "prendre-en-charge"), rev=item["rev"])
    refus = karim.envoyer(chemin(item["id"], "prendre-en-charge"), rev=item["rev"])
    assert (refus.status_code, refus.json["item"]["pris_par"]) == (412, GESTIONNAIRE)


def test_soumettre_sans_rien_de_nouveau_est_refuse(banc: Banc, rene: Navigateur) -> None:
    item = soumis(banc, rene)
    assert rene.envoyer(chemin(item["id"], "soumettre")).status_code == 409


def test_abandonner_un_brouillon_rend_ce_qui_etait_soumis(banc: Banc, rene: Navigateur) -> None:
    item = soumis(banc, rene)
    rene.envoyer(chemin(item["id"]), {"valeurs": {"intitule": "Autre"}}, methode="PUT")
    rendu = rene.envoyer(chemin(item["id"], "retirer")).json["item"]
    assert (rendu["etat"], rendu["saisie"]["intitule"]) == ("soumis", "Licence Anglais")


def test_un_element_retire_n_est_plus_vu_que_de_son_auteur(
    banc: Banc, rene: Navigateur, sylvie: Navigateur
) -> None:
    item = soumis(banc, rene)
    assert rene.envoyer(chemin(item["id"], "retirer")).json["item"]["etat"] == "retire"
    assert _elements(rene.get(f"/cvs/{AGENT}").json) == [(item["id"], "retire")]
    assert _elements(sylvie.get(f"/cvs/{AGENT}").json) == []


@pytest.mark.parametrize(
    ("personne", "role"),
    [(AUTRE_AGENT, "enseignant"), (ETRANGERE, "gestionnaire"), (AUTRE_AGENT, "chef-etablissement")],
)
def test_le_cv_d_un_autre_n_existe_pas_et_la_demande_est_notee(
    banc: Banc, client: FlaskClient, rene: Navigateur, personne: str, role: str
) -> None:
    item = soumis(banc, rene)
    autre = Navigateur(client, personne, role)
    for adresse in (f"/cvs/{AGENT}", chemin(item["id"]), chemin(item["id"], "pieces/1")):
        assert autre.get(adresse).status_code == 404
    assert autre.envoyer(chemin(item["id"], "retirer")).status_code == 404
    assert banc.refus.notes == [(personne, AGENT)] * 4


def test_une_gestionnaire_n_ecrit_pas_dans_le_cv_d_un_agent(
    banc: Banc, rene: Navigateur, sylvie: Navigateur
) -> None:
    item = soumis(banc, rene)
    assert sylvie.envoyer(chemin(item["id"], "retirer")).status_code == 404
    assert sylvie.envoyer(chemin(item["id"]), {"valeurs": {}}, methode="PUT").status_code == 404
    assert rene.envoyer(chemin(item["id"], "verifier")).status_code == 403


def test_un_compte_ferme_n_ouvre_plus_rien(banc: Banc, rene: Navigateur, sylvie: Navigateur) -> None:
    banc.agents.connus[AGENT] = agent(actif=False)
    banc.agents.connus[GESTIONNAIRE] = agent(None, actif=False)
    assert rene.get(f"/cvs/{AGENT}").status_code == 403
    assert sylvie.get(f"/cvs/{AGENT}").status_code == 404


def test_un_agent_pas_encore_connu_voit_son_propre_cv(
    banc: Banc, rene: Navigateur, sylvie: Navigateur
) -> None:
    del banc.agents.connus[AGENT]
    assert rene.get(f"/cvs/{AGENT}").status_code == 200
    assert sylvie.get(f"/cvs/{AGENT}").status_code == 404


def test_ouvrir_le_cv_d_un_agent_est_ecrit_avec_son_motif(
    banc: Banc, rene: Navigateur, sylvie: Navigateur
) -> None:
    sylvie.get(f"/cvs/{AGENT}", **{"X-Motif-Consultation": "recherche"})
    rene.get(f"/cvs/{AGENT}")
    [une] = rene.get(f"/cvs/{AGENT}/consultations").json["consultations"]
    assert (une["acteur"], une["role"], une["motif"]) == (GESTIONNAIRE, "gestionnaire", "recherche")
    assert sylvie.get(f"/cvs/{AGENT}/consultations").status_code == 404


def test_la_piece_d_un_autre_n_est_pas_acceptee(banc: Banc, rene: Navigateur) -> None:
    corps = {"rubrique": "diplomes", "valeurs": LICENCE, "pieces": [banc.piece(deposant=AUTRE_AGENT)]}
    assert rene.envoyer(f"/cvs/{AGENT}/elements", corps).status_code == 404


def test_la_piece_se_telecharge_et_sa_page_se_voit_par_l_element(
    banc: Banc, rene: Navigateur, sylvie: Navigateur
) -> None:
    item = soumis(banc, rene)
    originale = sylvie.get(chemin(item["id"], "pieces/1"))
    assert originale.headers["Content-Disposition"].startswith("attachment")
    assert sylvie.get(chemin(item["id"], "pieces/1/pages/1")).content_type == "image/png"
    assert sylvie.get(chemin(item["id"], "pieces/2")).status_code == 404


def test_une_version_non_verifiee_ne_sort_pas(banc: Banc, client: FlaskClient, rene: Navigateur) -> None:
    adresse = f"/interne/cvs/{AGENT}/elements/{soumis(banc, rene)['id']}/versions/1"
    assert client.get(adresse, headers=ISSUER.service_bearer("dossier")).status_code == 404
    assert client.get(adresse, headers=ISSUER.service_bearer("courrier")).status_code == 403
    assert rene.get(adresse).status_code == 403


def test_un_transfert_libere_ce_qui_etait_pris(banc: Banc, rene: Navigateur, sylvie: Navigateur) -> None:
    item = soumis(banc, rene)
    sylvie.envoyer(chemin(item["id"], "prendre-en-charge"))
    commande = LibererApresTransfert(AGENT, LETTRES)
    for _ in range(2):
        HANDLERS[type(commande)](banc.outils, commande, context("service:identity"))
    assert types(banc)[2:] == ["cv.element.libere.v1"]
    assert rene.get(chemin(item["id"])).json["pris_par"] is None


def test_les_definitions_disent_qui_voit_et_ce_qu_il_ne_faut_pas_ecrire(rene: Navigateur) -> None:
    definitions = rene.get("/rubriques").json
    assert "religion" in definitions["rappel"]
    assert definitions["rubriques"][0]["pieces"][0]["obligatoire"] is True
    assert rene.get("/motifs").json["motifs"][0]["nature"] in ("refus", "complement")


def test_le_contrat_http_d_un_element_est_ce_qui_est_servi(banc: Banc, rene: Navigateur) -> None:
    assert set(schemas.Element().fields) == set(soumis(banc, rene)) == set(ajoute(banc, rene))


def test_deux_cents_brouillons_suffisent_et_en_retirer_un_rend_sa_place(banc: Banc, rene: Navigateur) -> None:
    corps = {"rubrique": "diplomes", "valeurs": {"intitule": "Licence"}}
    ids = [rene.envoyer(f"/cvs/{AGENT}/elements", corps).json["item"]["id"] for _ in range(200)]
    assert rene.envoyer(f"/cvs/{AGENT}/elements", corps).status_code == 409
    rene.envoyer(chemin(ids[0], "retirer"))
    assert rene.envoyer(f"/cvs/{AGENT}/elements", corps).status_code == 201


def test_un_element_abandonne_par_un_autre_onglet_ne_se_modifie_plus(banc: Banc, rene: Navigateur) -> None:
    item = ajoute(banc, rene)
    assert rene.envoyer(chemin(item["id"], "retirer")).json["item"]["etat"] == "retire"
    assert rene.get(chemin(item["id"])).status_code == 404
    assert rene.envoyer(chemin(item["id"]), {"valeurs": {}}, methode="PUT").status_code == 404


def test_un_element_retire_se_retablit_par_une_nouvelle_version(banc: Banc, rene: Navigateur) -> None:
    item = soumis(banc, rene)
    retire = rene.envoyer(chemin(item["id"], "retirer")).json["item"]
    corps = {"valeurs": LICENCE, "pieces": [{"usage": p["usage"], "ref": p["ref"]} for p in item["pieces"]]}
    brouillon = rene.envoyer(chemin(item["id"]), corps, rev=retire["rev"], methode="PUT").json["item"]
    encore = rene.envoyer(chemin(item["id"], "soumettre"), rev=brouillon["rev"]).json["item"]
    assert (encore["etat"], encore["version"]) == ("soumis", 2)


def _elements(cv: dict[str, Any]) -> list[tuple[str, str]]:
    return [(e["id"], e["etat"]) for rubrique in cv["rubriques"] for e in rubrique["elements"]]
