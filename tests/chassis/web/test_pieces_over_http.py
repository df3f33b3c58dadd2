import io
from typing import Any

import pytest
from flask import Blueprint, Response
from flask.testing import FlaskClient

from chassis.commands import Acteur
from chassis.errors import Introuvable
from chassis.files.blueprint import pieces_blueprint, send_original, send_page
from chassis.files.store import CheckedFileStore
from chassis.http import create_app, public
from chassis.testing.files import a_pdf, an_image, memory_file_store
from chassis.testing.tokens import LocalIssuer
from tests.chassis.web.application import AGENT

ISSUER = LocalIssuer()


def only_herself(acteur: Acteur, agent: str) -> None:
    if acteur.id != agent:
        raise Introuvable("Cette page n’existe pas ou ne vous est pas ouverte.")


def downloads(store: CheckedFileStore) -> Blueprint:
    blueprint = Blueprint("telechargements", __name__)

    @blueprint.get("/originaux/<ref>")
    @public
    def original(ref: str) -> Response:
        return send_original(store.open(ref), 'été "1".pdf', "application/pdf", len(a_pdf()))

    @blueprint.get("/images/<ref>")
    @public
    def image(ref: str) -> Response:
        return send_page(store.page(ref, 1))

    return blueprint


@pytest.fixture
def client() -> FlaskClient:
    store = memory_file_store()
    app = create_app(
        "essai",
        None,
        [pieces_blueprint(store, only_herself), downloads(store)],
        verifier=ISSUER.verifier(),
        ready={},
    )
    return app.test_client()


def send(client: FlaskClient, content: bytes, nom: str = "acte.pdf", **champs: str) -> Any:
    form = {"agent": AGENT, "usage": "acte", **champs, "fichier": (io.BytesIO(content), nom)}
    return client.post("/pieces", data=form, headers=ISSUER.bearer(AGENT, "enseignant"))


def test_a_file_is_received_and_described(client: FlaskClient) -> None:
    answer = send(client, a_pdf())
    assert answer.status_code == 201, answer.json
    assert {name: answer.json[name] for name in ("nom", "type", "pages", "analyse", "usage")} == {
        "nom": "acte.pdf",
        "type": "application/pdf",
        "pages": 1,
        "analyse": "non_analysee",
        "usage": "acte",
    }
    assert answer.json["deposee_le"].endswith("+00:00")


@pytest.mark.parametrize(
    ("content", "nom", "status", "word"),
    [
        (b"", "acte.pdf", 422, "vide"),
        (b"not a pdf at all", "acte.pdf", 422, "format"),
        (an_image("JPEG"), "acte.pdf", 422, "contenu"),
        (a_pdf() + b"\0" * (10 * 1024 * 1024), "acte.pdf", 413, "10 Mo"),
        (a_pdf() + b"\0" * (12 * 1024 * 1024), "acte.pdf", 413, "10 Mo"),
    ],
    ids=["empty", "format", "disguised", "too big", "far too big"],
)
def test_a_file_that_cannot_be_taken_says_why(
    client: FlaskClient, content: bytes, nom: str, status: int, word: str
) -> None:
    answer = send(client, content, nom)
    assert answer.status_code == status
    assert word in answer.json["detail"]


def test_nobody_deposits_for_an_agent_she_may_not_act_for(client: FlaskClient) -> None:
    assert send(client, a_pdf(), agent="0b0b6a2c-1111-4000-8000-000000000002").status_code == 404


@pytest.mark.parametrize("missing", ["fichier", "agent", "usage"])
def test_each_field_is_needed(client: FlaskClient, missing: str) -> None:
    form: dict[str, Any] = {"agent": AGENT, "usage": "acte", "fichier": (io.BytesIO(a_pdf()), "acte.pdf")}
    del form[missing]
    answer = client.post("/pieces", data=form, headers=ISSUER.bearer(AGENT))
    assert (answer.status_code, answer.json["erreurs"][0]["champ"]) == (422, missing)


def test_an_original_is_only_a_download(client: FlaskClient) -> None:
    answer = client.get(f"/originaux/{send(client, a_pdf()).json['ref']}")
    assert answer.data == a_pdf()
    assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''%C3%A9t%C3%A9%20%221%22.pdf"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_page_is_an_image(client: FlaskClient) -> None:
    answer = client.get(f"/images/{send(client, a_pdf()).json['ref']}")
    assert (answer.content_type, answer.data[:4]) == ("image/png", b"\x89PNG")
