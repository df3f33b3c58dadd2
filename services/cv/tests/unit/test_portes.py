"""Every door of a CV, knocked at by who has no business there."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from cv.entrypoints.http.application import creer
from flask.testing import FlaskClient

from chassis.testing.tokens import LocalIssuer
from chassis.testing.walk import Door, doors
from services.cv.tests.doublures import AGENT, AUTRE_AGENT, ETRANGERE, GESTIONNAIRE, Banc

ISSUER = LocalIssuer()
DIPLOME = {
    "intitule": "Licence Anglais",
    "niveau": "6",
    "etablissement": "Université Rousset",
    "obtenu_le": "2006-07-01",
}
CORPS: Mapping[str, Any] = {
    "POST /cvs/<agent>/elements": {"rubrique": "diplomes", "valeurs": DIPLOME},
    "PUT /cvs/<agent>/elements/<id>": {"valeurs": DIPLOME},
    "POST /cvs/<agent>/elements/<id>/a-corriger": {"nature": "refus", "motif": "Je refuse."},
}


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
def portes(banc: Banc, client: FlaskClient) -> list[Door]:
    """Of an agent's CV, with one submitted diploma and its scan."""
    jeton = ISSUER.bearer(AGENT, "enseignant")
    corps = {"rubrique": "diplomes", "valeurs": DIPLOME, "pieces": [banc.piece()]}
    entetes = {**jeton, "Idempotency-Key": "cle-ajout-0001"}
    ajout = client.post(f"/cvs/{AGENT}/elements", json=corps, headers=entetes)
    assert ajout.status_code == 201, ajout.json
    id = ajout.json["item"]["id"]
    entetes["Idempotency-Key"] = "cle-envoi-0001"
    envoi = client.post(f"/cvs/{AGENT}/elements/{id}/soumettre", json={}, headers=entetes)
    assert envoi.status_code == 200, envoi.json
    found = doors(client.application, {"agent": AGENT, "id": id, "n": 1, "p": 1}, about="agent")
    assert len(found) == 14
    return [porte for porte in found if not porte.rule.startswith("/interne/")]


@pytest.mark.parametrize("role", ["enseignant", "gestionnaire", "inspecteur", "administrateur"])
@pytest.mark.parametrize("intrus", [AUTRE_AGENT, ETRANGERE])
def test_le_cv_d_un_autre_est_introuvable_a_toutes_les_portes(
    banc: Banc, client: FlaskClient, portes: list[Door], intrus: str, role: str
) -> None:
    avant = banc.memoire.store.documents[AGENT]["v"]
    for porte in portes:
        reponse = porte.knock(client, ISSUER.bearer(intrus, role), CORPS.get(str(porte)))
        assert reponse.status_code == (404 if porte.opens_to(role) else 403), porte
        assert "Licence" not in reponse.text, porte
    assert banc.memoire.store.documents[AGENT]["v"] == avant
    assert banc.refus.notes == [(intrus, AGENT)] * sum(porte.opens_to(role) for porte in portes)


@pytest.mark.parametrize(("qui", "role"), [(AGENT, "enseignant"), (GESTIONNAIRE, "gestionnaire")])
def test_les_memes_portes_s_ouvrent_a_l_agent_et_a_sa_gestionnaire(
    client: FlaskClient, portes: list[Door], qui: str, role: str
) -> None:
    for porte in portes:
        if porte.method == "GET":
            reserve = role == "gestionnaire" and porte.rule.endswith("/consultations")
            attendu = 404 if reserve else 200
            assert porte.knock(client, ISSUER.bearer(qui, role)).status_code == attendu, porte


def test_une_version_verifiee_ne_se_lit_que_par_le_service_du_dossier(client: FlaskClient) -> None:
    [porte] = doors(client.application, {"agent": AGENT, "id": "x", "n": 1}, about="n")[-1:]
    assert porte.rule.startswith("/interne/")
    for jeton in (ISSUER.bearer(AGENT, "service"), ISSUER.service_bearer("courrier")):
        assert porte.knock(client, jeton).status_code == 403


@pytest.mark.parametrize("fin", ["/pieces/<int:n>", "/pages/<int:p>"])
def test_une_piece_vue_sans_ouvrir_l_element_se_sait_aussi_et_une_fois_par_lecture(
    banc: Banc, client: FlaskClient, portes: list[Door], fin: str
) -> None:
    [piece] = [porte for porte in portes if porte.rule.endswith(fin)]
    for _ in range(3):
        assert piece.knock(client, ISSUER.bearer(GESTIONNAIRE, "gestionnaire")).status_code == 200
    assert [(vue.acteur, vue.motif) for vue in banc.consultations.of(AGENT)] == [(GESTIONNAIRE, "demande")]
