"""The whole service over HTTP, with signed tokens and everything else in memory."""

from collections.abc import Iterator
from typing import Any

import pytest
from courrier.application.commandes import ReadresserFils
from courrier.application.handlers import HANDLERS
from courrier.entrypoints.http import schemas
from courrier.entrypoints.http.application import creer
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

import contracts
from chassis.testing.memory import context
from chassis.testing.tokens import LocalIssuer
from services.courrier.tests.doublures import (
    AGENT,
    ANGLAIS,
    AUTRE_AGENT,
    COLLEGUE,
    ETRANGERE,
    GESTIONNAIRE,
    LETTRES,
    Banc,
    personne,
)
from services.courrier.tests.unit.test_avis import evenement, recevoir

ISSUER = LocalIssuer()


class Navigateur:
    """Sends requests as one person, a new key each time unless told otherwise."""

    def __init__(self, client: FlaskClient, personne: str, role: str) -> None:
        self._client = client
        self._jeton = ISSUER.bearer(personne, role)
        self._cles = 0

    def get(self, chemin: str) -> TestResponse:
        return self._client.get(chemin, headers=self._jeton)

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


def ouvre(rene: Navigateur, **plus: Any) -> dict[str, Any]:
    reponse = rene.envoyer("/fils", {"sujet": "RIB", "texte": "Bonjour,\nvoici mon RIB.", **plus})
    assert reponse.status_code == 201, reponse.json
    item: dict[str, Any] = reponse.json["item"]
    return item


def types(banc: Banc) -> list[str]:
    return [evenement["type"] for evenement in banc.memoire.published()]


def test_l_agent_ecrit_sa_gestionnaire_repond_et_chacun_voit_quand_l_autre_a_lu(
    banc: Banc, rene: Navigateur, sylvie: Navigateur
) -> None:
    fil = ouvre(rene, pieces=[banc.piece()])
    assert sylvie.get("/fils").json["non_lus"] == 1
    lu = sylvie.envoyer(f"/fils/{fil['id']}/lu").json["item"]
    assert lu["messages"][0]["lu_le"] is not None
    sylvie.envoyer(f"/fils/{fil['id']}/messages", {"texte": "Merci, c’est noté."})
    chez_rene = rene.get("/fils").json
    assert (chez_rene["non_lus"], chez_rene["fils"][0]["extrait"]) == (1, "Merci, c’est noté.")
    rene.envoyer(f"/fils/{fil['id']}/lu")
    messages = sylvie.get(f"/fils/{fil['id']}").json["messages"]
    assert [message["cote"] for message in messages] == ["agent", "gestionnaire"]
    assert all(message["lu_le"] for message in messages)
    assert types(banc) == [
        "courrier.message.envoye.v1",
        "courrier.message.lu.v1",
        "courrier.message.envoye.v1",
        "courrier.message.lu.v1",
    ]


def test_tout_ce_qui_est_publie_suit_son_contrat(banc: Banc, rene: Navigateur, sylvie: Navigateur) -> None:
    id = ouvre(rene)["id"]
    for acte in ("lu", "prendre-en-charge", "clore", "rouvrir"):
        assert sylvie.envoyer(f"/fils/{id}/{acte}").status_code == 200
    publies = banc.memoire.published()
    assert len(publies) == 5
    for publie in publies:
        contracts.validate_produced(publie)
    assert publies[0]["data"]["portefeuille_id"] == ANGLAIS


def test_une_gestionnaire_ecrit_la_premiere_a_un_agent(rene: Navigateur, sylvie: Navigateur) -> None:
    fil = ouvre(sylvie, agent=AGENT)
    assert (fil["attend"], fil["affecte_a"]) == ("agent", GESTIONNAIRE)
    assert rene.get(f"/fils/{fil['id']}").json["peut"] == ["repondre"]


def test_le_fichier_joint_se_telecharge_par_le_message(
    banc: Banc, rene: Navigateur, sylvie: Navigateur
) -> None:
    fil = ouvre(rene, pieces=[banc.piece()])
    chemin = f"/fils/{fil['id']}/messages/{fil['messages'][0]['id']}/pieces"
    assert sylvie.get(f"{chemin}/1").headers["Content-Disposition"].startswith("attachment")
    assert sylvie.get(f"{chemin}/1/pages/1").content_type == "image/png"
    assert sylvie.get(f"{chemin}/2").status_code == 404


def test_le_fichier_d_un_autre_n_est_pas_accepte(banc: Banc, rene: Navigateur) -> None:
    corps = {"sujet": "RIB", "texte": "Voici", "pieces": [banc.piece(AUTRE_AGENT, AUTRE_AGENT)]}
    assert rene.envoyer("/fils", corps).status_code == 404
    assert types(banc) == []


def test_un_double_envoi_n_ecrit_qu_un_message(banc: Banc, rene: Navigateur) -> None:
    corps = {"sujet": "RIB", "texte": "Bonjour"}
    premier = rene.envoyer("/fils", corps, cle="double-clic-01")
    assert premier.json == rene.envoyer("/fils", corps, cle="double-clic-01").json
    id = premier.json["item"]["id"]
    for _ in range(2):
        reponse = rene.envoyer(f"/fils/{id}/messages", {"texte": "Encore"}, cle="double-clic-02")
        assert reponse.json["item"]["nb_messages"] == 2
    autre = rene.envoyer(f"/fils/{id}/messages", {"texte": "Autre"}, cle="double-clic-02")
    assert autre.status_code == 422


@pytest.mark.parametrize(
    ("corps", "champ"),
    [
        ({"sujet": " ", "texte": "Bonjour"}, "sujet"),
        ({"sujet": "RIB", "texte": ""}, "texte"),
        ({"sujet": "x" * 121, "texte": "Bonjour"}, "sujet"),
        ({"sujet": "RIB", "texte": "x" * 5001}, "texte"),
    ],
)
def test_un_message_sans_sujet_ou_sans_texte_dit_quoi_corriger(
    rene: Navigateur, corps: dict[str, str], champ: str
) -> None:
    reponse = rene.envoyer("/fils", corps)
    assert (reponse.status_code, reponse.json["erreurs"][0]["champ"]) == (422, champ)


@pytest.mark.parametrize(
    ("qui", "role"),
    [(AUTRE_AGENT, "enseignant"), (ETRANGERE, "gestionnaire"), (AUTRE_AGENT, "inspecteur")],
)
def test_le_fil_d_un_autre_n_existe_pas_et_la_demande_est_notee(
    banc: Banc, client: FlaskClient, rene: Navigateur, qui: str, role: str
) -> None:
    id, autre = ouvre(rene)["id"], Navigateur(client, qui, role)
    assert autre.get(f"/fils/{id}").status_code == 404
    assert autre.envoyer(f"/fils/{id}/messages", {"texte": "?"}).status_code == 404
    assert autre.envoyer(f"/fils/{id}/lu").status_code == 404
    assert autre.get("/fils").json["fils"] == []
    assert banc.refus.notes == [(qui, AGENT)] * 3


def test_une_gestionnaire_n_ecrit_pas_a_l_agent_d_un_autre_portefeuille(
    banc: Banc, sylvie: Navigateur
) -> None:
    corps = {"sujet": "RIB", "texte": "Bonjour", "agent": AUTRE_AGENT}
    assert sylvie.envoyer("/fils", corps).status_code == 404
    assert sylvie.get(f"/fils?agent={AUTRE_AGENT}").status_code == 404


def test_une_suppleante_lit_et_repond_pendant_sa_suppleance(
    banc: Banc, client: FlaskClient, rene: Navigateur
) -> None:
    id, karim = ouvre(rene)["id"], Navigateur(client, COLLEGUE, "gestionnaire")
    assert [fil["id"] for fil in karim.get("/fils").json["fils"]] == [id]
    assert karim.envoyer(f"/fils/{id}/messages", {"texte": "Bonjour"}).status_code == 201
    [suppleance] = banc.portefeuilles.connus[ANGLAIS]["suppleances"]
    suppleance["au"] = "2026-08-31"
    banc.portefeuilles.connus[ANGLAIS]["suppleances"] = [{**suppleance, "du": "2026-08-01"}]
    assert karim.get(f"/fils/{id}").status_code == 404
    assert karim.get("/fils").json["fils"] == []


def test_un_compte_ferme_n_ouvre_plus_rien(banc: Banc, rene: Navigateur, sylvie: Navigateur) -> None:
    id = ouvre(rene)["id"]
    banc.agents.connus[AGENT] = personne(ANGLAIS, actif=False)
    banc.agents.connus[GESTIONNAIRE] = personne(actif=False)
    for navigateur in (rene, sylvie):
        assert navigateur.get("/fils").status_code == 403
        assert navigateur.get(f"/fils/{id}").status_code == 403


def test_un_message_ecrit_sans_portefeuille_connu_attend_son_service(
    banc: Banc, rene: Navigateur, sylvie: Navigateur
) -> None:
    banc.agents.connus[AGENT] = personne(None)
    id = ouvre(rene)["id"]
    assert sylvie.get("/fils").json["fils"] == []
    banc.agents.connus[AGENT] = personne(ANGLAIS)
    transferer(banc, ANGLAIS)
    assert [fil["id"] for fil in sylvie.get("/fils").json["fils"]] == [id]


def test_un_transfert_fait_suivre_les_fils_une_seule_fois(
    banc: Banc, rene: Navigateur, sylvie: Navigateur, etrangere: Navigateur
) -> None:
    id = ouvre(rene)["id"]
    sylvie.envoyer(f"/fils/{id}/prendre-en-charge")
    banc.agents.connus[AGENT] = personne(LETTRES)
    for _ in range(2):
        transferer(banc, LETTRES)
    assert sylvie.get("/fils").json["fils"] == []
    [suivi] = etrangere.get("/fils").json["fils"]
    assert (suivi["id"], suivi["affecte_a"]) == (id, None)
    assert types(banc).count("courrier.fil.affecte.v1") == 2


def test_une_page_perimee_ne_clot_pas_ce_qu_un_autre_a_deja_pris(
    banc: Banc, client: FlaskClient, rene: Navigateur, sylvie: Navigateur
) -> None:
    fil, karim = ouvre(rene), Navigateur(client, COLLEGUE, "gestionnaire")
    karim.envoyer(f"/fils/{fil['id']}/prendre-en-charge", rev=fil["rev"])
    refus = sylvie.envoyer(f"/fils/{fil['id']}/clore", rev=fil["rev"])
    assert (refus.status_code, refus.json["item"]["affecte_a"]) == (412, COLLEGUE)


def test_clore_puis_rouvrir_se_fait_par_le_service_seul(rene: Navigateur, sylvie: Navigateur) -> None:
    id = ouvre(rene)["id"]
    assert rene.envoyer(f"/fils/{id}/clore").status_code == 403
    assert sylvie.envoyer(f"/fils/{id}/clore").json["item"]["etat"] == "clos"
    assert rene.envoyer(f"/fils/{id}/messages", {"texte": "Encore"}).status_code == 409
    assert rene.get("/fils?etat=ouvert").json["fils"] == []
    assert sylvie.envoyer(f"/fils/{id}/rouvrir").json["item"]["peut"] == [
        "repondre",
        "prendre-en-charge",
        "clore",
    ]


def test_un_brouillon_est_garde_puis_efface_par_l_envoi(
    banc: Banc, rene: Navigateur, sylvie: Navigateur
) -> None:
    id = ouvre(rene)["id"]
    piece = banc.piece(GESTIONNAIRE, AGENT)
    garde = sylvie.envoyer(f"/brouillons/{id}", {"texte": "Bonj", "pieces": [piece]}, methode="PUT").json
    assert garde["garde_le"]
    assert garde["pieces"][0]["nom"] == "rib.pdf"
    assert sylvie.get(f"/brouillons/{id}").json["texte"] == "Bonj"
    assert rene.get(f"/brouillons/{id}").status_code == 404
    assert sylvie.get("/fils").json["fils"][0]["brouillon"] is True
    sylvie.envoyer(f"/fils/{id}/messages", {"texte": "Bonjour", "pieces": [piece]})
    assert sylvie.get(f"/brouillons/{id}").status_code == 404


def test_le_brouillon_d_un_nouveau_message_s_efface_a_la_demande(rene: Navigateur) -> None:
    rene.envoyer("/brouillons/nouveau", {"sujet": "RIB"}, methode="PUT")
    assert rene.get("/brouillons/nouveau").json["sujet"] == "RIB"
    assert rene.envoyer("/brouillons/nouveau", methode="DELETE").status_code == 204
    assert rene.get("/brouillons/nouveau").status_code == 404


def test_on_ne_garde_pas_de_brouillon_dans_le_fil_d_un_autre(rene: Navigateur, etrangere: Navigateur) -> None:
    id = ouvre(rene)["id"]
    assert etrangere.envoyer(f"/brouillons/{id}", {"texte": "?"}, methode="PUT").status_code == 404


def test_une_gestionnaire_ne_voit_pas_les_avis_de_l_agent(
    banc: Banc, rene: Navigateur, sylvie: Navigateur
) -> None:
    recevoir(banc, evenement("dossier.changement.accepte.v1"))
    [avis] = rene.get("/fils").json["fils"]
    assert (avis["nature"], rene.get(f"/fils/{avis['id']}").json["peut"]) == ("avis", [])
    assert sylvie.get(f"/fils/{avis['id']}").status_code == 404
    assert sylvie.get(f"/fils?agent={AGENT}").json["fils"] == []
    assert rene.envoyer(f"/fils/{avis['id']}/messages", {"texte": "Merci"}).status_code == 409
    rene.envoyer(f"/fils/{avis['id']}/lu")
    assert rene.get("/fils").json["non_lus"] == 0


def test_le_contrat_http_d_un_fil_est_ce_qui_est_servi(banc: Banc, rene: Navigateur) -> None:
    fil = ouvre(rene, pieces=[banc.piece()])
    assert set(schemas.Fil().fields) == set(fil)
    assert set(schemas.Message().fields) == set(fil["messages"][0])
    assert set(schemas.PieceJointe().fields) == set(fil["messages"][0]["pieces"][0])


def transferer(banc: Banc, portefeuille_id: str) -> None:
    commande = ReadresserFils(AGENT, portefeuille_id)
    HANDLERS[type(commande)](banc.outils, commande, context("service:courrier"))


def test_une_cle_oubliee_depuis_ne_rouvre_pas_le_fil_d_un_agent_parti(banc: Banc, sylvie: Navigateur) -> None:
    corps = {"sujet": "RIB", "texte": "Bonjour"}
    fil = sylvie.envoyer("/fils", {**corps, "agent": AGENT}, cle="cle-gardee").json["item"]
    banc.agents.connus |= {AGENT: personne(LETTRES), AUTRE_AGENT: personne(ANGLAIS)}
    documents = banc.memoire.store.documents
    documents[fil["id"]]["applied"] = []
    autre = sylvie.envoyer("/fils", {**corps, "texte": "Ailleurs", "agent": AUTRE_AGENT}, cle="cle-gardee")
    assert autre.status_code == 409
    assert [m["texte"] for m in documents[fil["id"]]["etat"]["messages"].values()] == ["Bonjour"]
