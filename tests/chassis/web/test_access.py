"""Every route × every token that must not open it."""

import base64
import hmac
import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from joserfc import jwt

from chassis.http.guards import Anybody, guard_of
from chassis.testing.clock import FixedClock
from chassis.testing.tokens import LocalIssuer
from tests.chassis.web.application import AGENT, make_app

ISSUER = LocalIssuer(clock=FixedClock())
FORGER = LocalIssuer(kid="essai-faussaire", clock=FixedClock())
APP = make_app(ISSUER.verifier(), clock=FixedClock())
PAST = int((FixedClock().now() - timedelta(minutes=1)).timestamp())
FUTURE = int((FixedClock().now() + timedelta(minutes=1)).timestamp())


def guarded_routes() -> Iterator[tuple[str, str]]:
    for rule in APP.url_map.iter_rules():
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            if not isinstance(guard_of(APP, rule.endpoint, method), Anybody):
                yield method, rule.rule.replace("<id>", "c1")


def unsigned(token: str) -> str:
    return token.rpartition(".")[0] + "."


def forged_with_our_kid() -> str:
    header, claims, _ = ISSUER.token(AGENT, "enseignant").split(".")
    return f"{header}.{claims}.{FORGER.token(AGENT, 'enseignant').rpartition('.')[2]}"


def with_its_own_key() -> str:
    """Signed by a stranger who says in the header with which key, and where to fetch it."""
    header = {
        "alg": "RS256",
        "kid": ISSUER.key.kid,
        "jwk": FORGER.key.as_dict(private=False),
        "jku": "https://ailleurs.test/certs",
        "x5u": "https://ailleurs.test/cert.pem",
    }
    claims = json.loads(base64.urlsafe_b64decode(ISSUER.token(AGENT, "enseignant").split(".")[1] + "=="))
    return jwt.encode(header, claims, FORGER.key)


def handmade(alg: str, secret: bytes | None = None) -> str:
    """A token whose header asks for an algorithm we never use, signed with `secret`."""
    header = {"alg": alg, "kid": ISSUER.key.kid}
    claims = {
        "iss": ISSUER.issuer,
        "aud": "iprof-api",
        "exp": FUTURE,
        "typ": "Bearer",
        "azp": "iprof-gateway",
    }
    body = f"{b64(json.dumps(header))}.{b64(json.dumps({**claims, 'personne_id': AGENT}))}"
    return f"{body}.{b64(hmac.digest(secret, body.encode(), 'sha256')) if secret else ''}"


def b64(value: str | bytes) -> str:
    given = value.encode() if isinstance(value, str) else value
    return base64.urlsafe_b64encode(given).decode().rstrip("=")


BAD_TOKENS = {
    "none": None,
    "not a token": "abc",
    "not base64": "é.é.é",
    "forged": FORGER.token(AGENT, "enseignant"),
    "forged with our kid": forged_with_our_kid(),
    "brings its own key": with_its_own_key(),
    "unsigned": unsigned(ISSUER.token(AGENT, "enseignant")),
    "alg none": handmade("none"),
    "signed with the public key": handmade("HS256", ISSUER.key.as_pem(private=False)),
    "expired": ISSUER.token(AGENT, "enseignant", exp=PAST),
    "no expiry": ISSUER.token(AGENT, "enseignant", exp=None),
    "not yet": ISSUER.token(AGENT, "enseignant", nbf=FUTURE),
    "other audience": ISSUER.token(AGENT, "enseignant", aud=["account"]),
    "no audience": ISSUER.token(AGENT, "enseignant", aud=None),
    "other issuer": ISSUER.token(AGENT, "enseignant", iss="https://ailleurs.test"),
    "id token": ISSUER.token(AGENT, "enseignant", typ="ID"),
    "refresh token": ISSUER.token(AGENT, "enseignant", typ="Refresh"),
    "no azp": ISSUER.token(AGENT, "enseignant", azp=None),
    "other client": ISSUER.token(AGENT, "enseignant", azp="admin-cli"),
    "no person": ISSUER.token(AGENT, "enseignant", personne_id=None),
    "odd person": ISSUER.token("service:gateway", "enseignant"),
}


@pytest.fixture
def client() -> FlaskClient:
    return APP.test_client()


@pytest.mark.parametrize("route", guarded_routes(), ids=" ".join)
@pytest.mark.parametrize("token", BAD_TOKENS.values(), ids=BAD_TOKENS)
def test_a_token_that_does_not_hold_opens_nothing(
    client: FlaskClient, route: tuple[str, str], token: str | None
) -> None:
    method, path = route
    headers = {} if token is None else {"Authorization": f"Bearer {token}".encode().decode("latin-1")}
    answer = client.open(path, method=method, headers=headers, json={} if method == "POST" else None)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_good_token_opens_what_its_role_opens(client: FlaskClient) -> None:
    assert client.get("/moi", headers=ISSUER.bearer(AGENT)).json == {"id": AGENT}
    answer = client.post("/carnets/c1/notes", headers=ISSUER.bearer(AGENT, "gestionnaire"), json={})
    assert answer.status_code == 403


def test_a_basic_authorization_is_not_a_token(client: FlaskClient) -> None:
    assert client.get("/moi", auth=("rdupont", "secret")).status_code == 401


class TestServices:
    def test_only_the_named_service_may_call(self, client: FlaskClient) -> None:
        opened = client.get("/interne/noms", headers=ISSUER.service_bearer("gateway-service"))
        assert opened.json == {"appelant": "service:gateway"}
        assert client.get("/interne/noms", headers=ISSUER.service_bearer("cv")).status_code == 403

    def test_a_person_is_never_a_service_whatever_her_roles(self, client: FlaskClient) -> None:
        assert client.get("/interne/noms", headers=ISSUER.bearer(AGENT, "service")).status_code == 403

    def test_a_service_is_never_a_person(self, client: FlaskClient) -> None:
        assert client.get("/moi", headers=ISSUER.service_bearer("gateway-service")).status_code == 403

    def test_a_client_without_the_service_role_is_nobody(self, client: FlaskClient) -> None:
        token = ISSUER.service_token("gateway-service", roles=["enseignant"])
        assert client.get("/interne/noms", headers={"Authorization": f"Bearer {token}"}).status_code == 401
