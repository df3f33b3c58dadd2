"""Tokens of the real realm: a service account's, and a person's after the real sign-in page."""

import base64
import hashlib
import html
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from keycloak import KeycloakAdmin, KeycloakOpenIDConnection

from chassis.security.errors import NonAuthentifie
from chassis.security.jwks import JwksCache
from chassis.security.service_tokens import ServiceTokens
from chassis.security.tokens import TokenVerifier
from chassis.testing.servers import KeycloakServer
from tests.chassis.web.application import AGENT, make_app

pytestmark = pytest.mark.serveur
PASSWORD = "Essai-de-jeton-2026"
PROOF = "p" * 64


@pytest.fixture
def verifier(keycloak_server: KeycloakServer) -> TokenVerifier:
    issuer = keycloak_server.issuer
    return TokenVerifier(issuer, JwksCache(f"{issuer}/protocol/openid-connect/certs"))


def service_token(server: KeycloakServer, client: str) -> str:
    url = f"{server.issuer}/protocol/openid-connect/token"
    return ServiceTokens(url, client, lambda: server.secret(client)).token()


def test_a_service_account_calls_in_its_own_name(
    keycloak_server: KeycloakServer, verifier: TokenVerifier
) -> None:
    client = make_app(verifier).test_client()
    token = service_token(keycloak_server, "iprof-gateway-service")
    answer = client.get("/interne/noms", headers={"Authorization": f"Bearer {token}"})
    assert answer.json == {"appelant": "service:gateway"}
    other = service_token(keycloak_server, "iprof-cv")
    assert client.get("/interne/noms", headers={"Authorization": f"Bearer {other}"}).status_code == 403


def test_the_account_that_opens_accounts_is_nobody_for_the_services(
    keycloak_server: KeycloakServer, verifier: TokenVerifier
) -> None:
    with pytest.raises(NonAuthentifie):
        verifier.verify(service_token(keycloak_server, "iprof-provisioning"))


@pytest.fixture(scope="module")
def signed_in(keycloak_server: KeycloakServer) -> Any:
    """What the token endpoint gives a person after the sign-in page."""
    create_person(keycloak_server)
    return sign_in(keycloak_server)


def test_a_person_is_known_by_her_own_id_and_roles(signed_in: Any, verifier: TokenVerifier) -> None:
    acteur = verifier.verify(signed_in["access_token"])
    assert (acteur.id, acteur.academie) == (AGENT, "LYO")
    assert acteur.a_le_role("enseignant")
    assert not acteur.a_le_role("service")


@pytest.mark.parametrize("kind", ["id_token", "refresh_token"])
def test_only_the_access_token_opens_a_service(signed_in: Any, verifier: TokenVerifier, kind: str) -> None:
    with pytest.raises(NonAuthentifie):
        verifier.verify(signed_in[kind])


def create_person(server: KeycloakServer) -> None:
    admin = KeycloakAdmin(
        connection=KeycloakOpenIDConnection(
            server_url=server.url,
            realm_name=server.realm,
            client_id="iprof-provisioning",
            client_secret_key=server.secret("iprof-provisioning"),
        )
    )
    user = {
        "username": "essai-jetons",
        "enabled": True,
        "groups": ["enseignant"],
        "attributes": {"personne_id": [AGENT], "academie": ["LYO"]},
        "credentials": [{"type": "password", "value": PASSWORD, "temporary": False}],
    }
    admin.create_user(user, exist_ok=True)


def sign_in(server: KeycloakServer) -> Any:
    browser = requests.Session()
    callback = callback_of(server)
    digest = hashlib.sha256(PROOF.encode()).digest()
    page = browser.get(
        f"{server.issuer}/protocol/openid-connect/auth",
        params={
            "client_id": "iprof-gateway",
            "response_type": "code",
            "scope": "openid",
            "redirect_uri": callback,
            "code_challenge_method": "S256",
            "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
        },
        timeout=20,
    )
    # Browsers keep Secure cookies of the loopback address; requests does not.
    for cookie in browser.cookies:
        cookie.secure = False
    form = re.search(r'action="([^"]+)"', page.text)
    assert form, page.text[:2000]
    answer = browser.post(
        html.unescape(form[1]),
        data={"username": "essai-jetons", "password": PASSWORD},
        allow_redirects=False,
        timeout=20,
    )
    assert answer.status_code == 302, answer.text[:2000]
    code = parse_qs(urlsplit(answer.headers["Location"]).query)["code"][0]
    return exchange(server, code, callback)


def callback_of(server: KeycloakServer) -> str:
    """The gateway's, ten ports before Keycloak's, as the realm was told."""
    parts = urlsplit(server.url)
    assert parts.port
    return f"http://{parts.hostname}:{parts.port - 10}/connexion/retour"


def exchange(server: KeycloakServer, code: str, callback: str) -> Any:
    answer = requests.post(
        f"{server.issuer}/protocol/openid-connect/token",
        data={
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": callback,
            "code_verifier": PROOF,
            "client_id": "iprof-gateway",
            "client_secret": server.secret("iprof-gateway"),
        },
        timeout=20,
    )
    answer.raise_for_status()
    return answer.json()
