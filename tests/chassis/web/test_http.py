import pytest
from flask import Blueprint as FlaskBlueprint
from flask.testing import FlaskClient

from chassis import metrics
from chassis.commands import CommandContext
from chassis.http import create_app, openapi_yaml, public
from chassis.http.guards import RouteSansGarde
from chassis.http.translations import in_french
from chassis.testing.clock import EPOCH, FixedClock
from chassis.testing.tokens import LocalIssuer
from tests.chassis.web.application import AGENT, make_app


@pytest.fixture(scope="module")
def issuer() -> LocalIssuer:
    return LocalIssuer(clock=FixedClock())


@pytest.fixture
def seen() -> list[CommandContext]:
    return []


@pytest.fixture
def client(issuer: LocalIssuer, seen: list[CommandContext]) -> FlaskClient:
    return make_app(issuer.verifier(), seen, FixedClock()).test_client()


@pytest.fixture
def headers(issuer: LocalIssuer) -> dict[str, str]:
    return {**issuer.bearer(AGENT, "enseignant"), "Idempotency-Key": "cle-de-test-1"}


def code(answer: object) -> str:
    return answer.json["type"].rpartition(":")[2]  # type: ignore[attr-defined]


class TestRefusals:
    @pytest.mark.parametrize(
        ("nom", "status", "expected_code"),
        [
            ("introuvable", 404, "introuvable"),
            ("conflit", 409, "trop-tard"),
            ("invalide", 422, "donnees-invalides"),
            ("perime", 412, "etat-perime"),
            ("transitoire", 503, "indisponible"),
            ("imprevu", 500, "interne"),
        ],
    )
    def test_each_refusal_leaves_as_problem_json(
        self, client: FlaskClient, nom: str, status: int, expected_code: str
    ) -> None:
        answer = client.get(f"/refus/{nom}")
        assert answer.status_code == status
        assert answer.content_type == "application/problem+json"
        assert code(answer) == expected_code
        assert answer.json["detail"].endswith((".", "!"))
        assert answer.json["correlation"] == answer.headers["X-Correlation-Id"]

    def test_a_service_adds_its_own_errors_to_the_table(self, issuer: LocalIssuer) -> None:
        from chassis.errors import ErreurApplicative

        class Theiere(ErreurApplicative):
            code = "theiere"

        blueprint = FlaskBlueprint("x", __name__)

        @blueprint.get("/x")
        @public
        def x() -> str:
            raise Theiere("Je suis une théière.")

        app = create_app("x", None, [blueprint], ready={}, erreurs={Theiere: 418})
        assert app.test_client().get("/x").status_code == 418

    def test_an_unexpected_error_says_nothing_of_its_cause(self, client: FlaskClient) -> None:
        assert "Dupont" not in client.get("/refus/imprevu").text

    def test_a_stale_revision_shows_the_present_item(self, client: FlaskClient) -> None:
        answer = client.get("/refus/perime")
        assert answer.json["item"] == {"carnet": "c1", "item": "n1"}
        assert answer.json["rev"] == 7
        assert answer.headers["ETag"] == '"7"'

    def test_field_errors_are_named_in_french(self, client: FlaskClient, headers: dict[str, str]) -> None:
        answer = client.post("/carnets/c1/notes", headers=headers, json={"titre": "", "jour": "31/02"})
        assert answer.status_code == 422
        assert {e["champ"]: e["message"] for e in answer.json["erreurs"]} == {
            "titre": "Écrivez entre 1 et 10 caractères.",
            "jour": "Donnez une date qui existe, par exemple 27/03/2026.",
        }

    def test_an_unknown_field_is_refused(self, client: FlaskClient, headers: dict[str, str]) -> None:
        answer = client.post("/carnets/c1/notes", headers=headers, json={"titre": "a", "etat": "accepte"})
        assert [e["champ"] for e in answer.json["erreurs"]] == ["etat"]

    @pytest.mark.parametrize("body", [b"{", b"\xff", b"[1]", b'"x"'])
    def test_an_unreadable_body_is_refused(
        self, client: FlaskClient, headers: dict[str, str], body: bytes
    ) -> None:
        answer = client.post("/carnets/c1/notes", headers=headers, data=body, content_type="application/json")
        assert answer.status_code in (400, 422)
        assert answer.json["erreurs"]

    def test_more_than_a_megabyte_is_refused(self, client: FlaskClient, headers: dict[str, str]) -> None:
        answer = client.post("/carnets/c1/notes", headers=headers, json={"titre": "x" * 1_100_000})
        assert (answer.status_code, code(answer)) == (413, "trop-volumineux")

    def test_an_unknown_address_and_a_wrong_method_are_told_in_french(self, client: FlaskClient) -> None:
        assert client.get("/nulle-part").json["title"] == "Page introuvable"
        answer = client.delete("/moi")
        assert (answer.status_code, answer.json["title"]) == (405, "Acte non prévu ici")
        assert "GET" in answer.headers["Allow"]

    def test_too_many_requests_of_one_person_are_slowed_down(
        self, client: FlaskClient, issuer: LocalIssuer
    ) -> None:
        busy = issuer.bearer("0b0b6a2c-1111-4000-8000-00000000dead")
        assert [client.get("/rare", headers=busy).status_code for _ in range(3)] == [200, 200, 429]
        assert client.get("/rare", headers=issuer.bearer(AGENT)).status_code == 200


class TestCommands:
    def test_the_context_holds_who_when_and_which_key(
        self, client: FlaskClient, headers: dict[str, str], seen: list[CommandContext]
    ) -> None:
        trace = "00-" + "a" * 32 + "-" + "b" * 16 + "-01"
        more = {"X-Correlation-Id": "clic-12345", "traceparent": trace}
        client.post("/carnets/c1/notes", headers={**headers, **more}, json={"titre": "a"})
        (context,) = seen
        assert (context.acteur.id, context.acteur.academie) == (AGENT, "lyon")
        assert (context.key, context.now, context.correlation) == ("cle-de-test-1", EPOCH, "clic-12345")
        assert context.traceparent is not None
        assert context.traceparent.split("-")[1] == "a" * 32

    def test_the_digest_covers_the_path_and_the_body_but_not_the_order_of_keys(
        self, client: FlaskClient, headers: dict[str, str], seen: list[CommandContext]
    ) -> None:
        sent = [
            ("c1", '{"titre": "a", "jour": "2026-09-01"}'),
            ("c1", '{"jour": "2026-09-01", "titre": "a"}'),
            ("c1", '{"titre": "b", "jour": "2026-09-01"}'),
            ("c2", '{"titre": "a", "jour": "2026-09-01"}'),
        ]
        for id, body in sent:
            client.post(f"/carnets/{id}/notes", headers=headers, data=body, content_type="application/json")
        same, again, other_body, other_path = (context.body_digest for context in seen)
        assert same == again
        assert len({same, other_body, other_path}) == 3

    @pytest.mark.parametrize("key", [None, "", "court", "a b c d e f g h", "x" * 200])
    def test_a_command_without_a_proper_key_is_refused(
        self, client: FlaskClient, headers: dict[str, str], key: str | None
    ) -> None:
        given = {name: value for name, value in headers.items() if name != "Idempotency-Key"}
        if key is not None:
            given["Idempotency-Key"] = key
        answer = client.post("/carnets/c1/notes", headers=given, json={"titre": "a"})
        assert answer.status_code == 400
        assert "clé" in answer.json["detail"]

    def test_the_answer_carries_the_items_revision(
        self, client: FlaskClient, headers: dict[str, str]
    ) -> None:
        answer = client.post("/carnets/c1/notes", headers={**headers, "If-Match": '"6"'}, json={"titre": "a"})
        assert (answer.status_code, answer.headers["ETag"]) == (201, '"7"')
        assert answer.json == {
            "item": {"titre": "a", "attendu": {"item": "n1", "rev": 6}},
            "seq": 7,
        }

    @pytest.mark.parametrize("value", ["6", 'W/"6"', '"six"', '"-1"'])
    def test_a_malformed_revision_is_refused(
        self, client: FlaskClient, headers: dict[str, str], value: str
    ) -> None:
        answer = client.post("/carnets/c1/notes", headers={**headers, "If-Match": value}, json={"titre": "a"})
        assert answer.status_code == 400


class TestEveryAnswer:
    def test_an_app_with_a_bare_route_refuses_to_start(self) -> None:
        blueprint = FlaskBlueprint("nu", __name__)
        blueprint.add_url_rule("/nu", view_func=lambda: "", endpoint="nu", methods=["GET", "POST"])
        with pytest.raises(RouteSansGarde, match="GET /nu, POST /nu"):
            create_app("nu", None, [blueprint], ready={})

    def test_it_tells_browsers_to_keep_and_guess_nothing(self, client: FlaskClient) -> None:
        headers = client.get("/live").headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in headers["Content-Security-Policy"]

    def test_a_correlation_id_that_could_forge_a_log_line_is_replaced(self, client: FlaskClient) -> None:
        answer = client.get("/live", headers={"X-Correlation-Id": 'x"} forged'})
        assert "forged" not in answer.headers["X-Correlation-Id"]

    def test_a_made_up_method_makes_no_new_number(self, client: FlaskClient) -> None:
        client.open("/live", method="INVENTEE")
        counted = {s.labels["method"] for m in metrics.HTTP_REQUESTS.collect() for s in m.samples}
        assert "autre" in counted
        assert "INVENTEE" not in counted

    def test_readiness_names_what_does_not_answer(self) -> None:
        def down() -> bool:
            raise ConnectionError

        app = create_app("x", None, [], ready={"mongo": down, "kafka": lambda: True})
        answer = app.test_client().get("/ready")
        assert answer.status_code == 503
        assert answer.json == {"pret": False, "dependances": {"mongo": False, "kafka": True}}
        assert app.test_client().get("/live").status_code == 200

    def test_the_openapi_document_names_routes_and_problems(self, issuer: LocalIssuer) -> None:
        text = openapi_yaml(make_app(issuer.verifier()))
        assert "/carnets/{id}/notes:" in text
        assert "application/problem+json:" in text
        assert "bearerAuth" in text


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("Longer than maximum length 80.", "Écrivez au plus 80 caractères."),
        ("Must be one of: a, b.", "Choisissez une des réponses proposées."),
        (
            "Must be greater than or equal to 1 and less than or equal to 9.",
            "Donnez une valeur entre 1 et 9.",
        ),
        ("Must be greater than or equal to 0.5.", "Donnez une valeur d’au moins 0.5."),
        ("Not a valid anything.", "Cette réponse n’est pas valable."),
        ("La date d’effet est à venir.", "La date d’effet est à venir."),
    ],
)
def test_library_messages_become_french(english: str, french: str) -> None:
    assert in_french(english) == french
