"""Ending somebody's sessions in a real Keycloak reaches the gateway at once, in a token it accepts."""

from collections.abc import Iterator
from queue import Queue
from threading import Thread
from urllib.parse import urlsplit

import pytest
from flask import Flask, request
from gateway.adapters.oidc import Keycloak
from keycloak import KeycloakAdmin, KeycloakOpenIDConnection
from werkzeug.serving import make_server

from chassis.clock import SystemClock
from chassis.security.jwks import JwksCache
from chassis.testing.servers import KeycloakServer
from tests.chassis.web.test_tokens_from_keycloak import callback_of, create_person, sign_in

pytestmark = pytest.mark.serveur


@pytest.fixture
def said(keycloak_server: KeycloakServer) -> Iterator["Queue[str]"]:
    """What Keycloak posts to the address of the gateway that its realm knows."""
    received: Queue[str] = Queue()
    app = Flask(__name__)

    @app.post("/deconnexion/canal-arriere")
    def listen() -> str:
        received.put(request.form["logout_token"])
        return ""

    server = make_server("127.0.0.1", urlsplit(callback_of(keycloak_server)).port or 0, app)
    Thread(target=server.serve_forever, daemon=True).start()
    yield received
    server.shutdown()
    server.server_close()


def test_a_session_ended_at_keycloak_is_ended_here(
    keycloak_server: KeycloakServer, said: "Queue[str]"
) -> None:
    create_person(keycloak_server)
    sign_in(keycloak_server)
    admin = administration(keycloak_server)
    admin.user_logout(admin.get_user_id("essai-jetons"))
    root = f"{keycloak_server.issuer}/protocol/openid-connect"
    secret, keys = keycloak_server.secret("iprof-gateway"), JwksCache(f"{root}/certs")
    reader = Keycloak(keycloak_server.issuer, f"{root}/token", "iprof-gateway", secret, keys)
    sid, sub = reader.read_logout(said.get(timeout=10), SystemClock().now())
    assert sid
    assert sub == admin.get_user_id("essai-jetons")


def administration(server: KeycloakServer) -> KeycloakAdmin:
    return KeycloakAdmin(
        connection=KeycloakOpenIDConnection(
            server_url=server.url,
            realm_name=server.realm,
            client_id="iprof-provisioning",
            client_secret_key=server.secret("iprof-provisioning"),
        )
    )
