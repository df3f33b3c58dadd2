"""Every door of a thread, knocked at by who has no business there."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from courrier.entrypoints.http.application import creer
from flask.testing import FlaskClient

from chassis.testing.tokens import LocalIssuer
from chassis.testing.walk import Door, doors
from services.courrier.tests.doublures import AGENT, AUTRE_AGENT, ETRANGERE, GESTIONNAIRE, Banc

ISSUER = LocalIssuer()
CORPS: Mapping[str, Any] = {"/messages": {"texte": "Bonjour"}}


def corps(porte: Door) -> Mapping[str, Any]:
    return next((corps for fin, corps in CORPS.items() if porte.rule.endswith(fin)), {})


@pytest.fixture
def banc() -> Banc:
    return Banc()


@pytest.fixture
def client(banc: Banc) -> Iterator[FlaskClient]:
    verifier = ISSUER.verifier()
    app = creer(banc.outils, None, journal=lambda *_: [], ready={}, verifier=verifier, clock=banc.clock)
    with app.test_client() as client:
        yield client


@pytest.fixture
def fil(banc: Banc, client: FlaskClient) -> dict[str, Any]:
    entetes = {**ISSUER.bearer(AGENT, "enseignant"), "Idempotency-Key": "cle-ouverture"}
    envoi = {"sujet": "RIB", "texte": "Voici mon RIB.", "pieces": [banc.piece()]}
    reponse = client.post("/fils", json=envoi, headers=entetes)
    assert reponse.status_code == 201, reponse.json
    item: dict[str, Any] = reponse.json["item"]
    return item


@pytest.fixture
def portes(client: FlaskClient, fil: dict[str, Any]) -> list[Door]:
    message = fil["messages"][0]["id"]
    found = doors(client.application, {"id": fil["id"], "message": message, "n": 1, "p": 1}, about="id")
    assert len(found) == 8
    return found


@pytest.mark.parametrize("role", ["enseignant", "gestionnaire", "responsable", "administrateur"])
@pytest.mark.parametrize("intrus", [AUTRE_AGENT, ETRANGERE])
def test_le_fil_d_un_autre_est_introuvable_a_toutes_les_portes(
    banc: Banc, client: FlaskClient, fil: dict[str, Any], portes: list[Door], intrus: str, role: str
) -> None:
    for porte in portes:
        reponse = porte.knock(client, ISSUER.bearer(intrus, role), corps(porte))
        assert reponse.status_code == (404 if porte.opens_to(role) else 403), porte
        assert "RIB" not in reponse.text, porte
    assert banc.memoire.store.documents[fil["id"]]["v"] == 1
    assert banc.refus.notes == [(intrus, AGENT)] * sum(porte.opens_to(role) for porte in portes)


@pytest.mark.parametrize(("qui", "role"), [(AGENT, "enseignant"), (GESTIONNAIRE, "gestionnaire")])
def test_les_memes_portes_s_ouvrent_aux_deux_cotes(
    client: FlaskClient, portes: list[Door], qui: str, role: str
) -> None:
    for porte in portes:
        if porte.method == "GET":
            assert porte.knock(client, ISSUER.bearer(qui, role)).status_code == 200, porte


@pytest.mark.parametrize(("intrus", "role"), [(AUTRE_AGENT, "enseignant"), (ETRANGERE, "gestionnaire")])
def test_on_n_ecrit_ni_ne_liste_ni_ne_depose_pour_l_agent_d_un_autre(
    client: FlaskClient, intrus: str, role: str
) -> None:
    entetes = {**ISSUER.bearer(intrus, role), "Idempotency-Key": "cle-intrusion"}
    envoi = {"sujet": "RIB", "texte": "Bonjour", "agent": AGENT}
    assert client.post("/fils", json=envoi, headers=entetes).status_code == 404
    assert client.get(f"/fils?agent={AGENT}", headers=entetes).status_code == 404
    assert client.put("/brouillons/nouveau", json=envoi, headers=entetes).status_code == 404


def test_le_brouillon_d_un_autre_n_existe_pas(client: FlaskClient, fil: dict[str, Any]) -> None:
    chemin, garde = f"/brouillons/{fil['id']}", {"texte": "Je réfléchis encore."}
    entetes = {**ISSUER.bearer(AGENT, "enseignant"), "Idempotency-Key": "cle-brouillon"}
    assert client.put(chemin, json=garde, headers=entetes).status_code == 200
    for qui, role in ((GESTIONNAIRE, "gestionnaire"), (AUTRE_AGENT, "enseignant")):
        assert client.get(chemin, headers=ISSUER.bearer(qui, role)).status_code == 404
    intrus = {**ISSUER.bearer(AUTRE_AGENT, "enseignant"), "Idempotency-Key": "cle-brouillon"}
    client.delete(chemin, headers=intrus)
    assert client.get(chemin, headers=entetes).status_code == 200
