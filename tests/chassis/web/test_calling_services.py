"""One service calls another over real HTTP."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
import requests
from flask import Flask, jsonify, request

from chassis.errors import (
    CleReutilisee,
    Conflit,
    DonneesInvalides,
    EtatPerime,
    Indisponible,
    Interdit,
    Introuvable,
    Transitoire,
)
from chassis.files.port import PieceTropLourde
from chassis.http.errors import problem
from chassis.security.client import ServiceClient, service_client
from chassis.security.errors import NonAuthentifie, RequeteMalFormee, ServiceInjoignable, TropDeDemandes
from chassis.security.jwks import JwksCache, fetch_json
from chassis.security.service_tokens import ServiceTokens
from chassis.security.tokens import TokenVerifier
from chassis.testing.clock import FixedClock
from chassis.testing.tokens import LocalIssuer
from chassis.tracing import follow
from tests.chassis.web.application import AGENT, make_app
from tests.chassis.web.conftest import Serve

NOWHERE = "http://127.0.0.1:9"


def client_to(url: str, token: str = "t") -> ServiceClient:
    return service_client("essai", url, lambda: token)


def refusing(serve: Serve, status: int, code: str = "x", **more: Any) -> ServiceClient:
    app = Flask("refus")
    app.add_url_rule("/x", view_func=lambda: problem(status, code, "Non.", **more), methods=["GET", "POST"])
    return client_to(serve(app))


class TestRefusals:
    @pytest.mark.parametrize(
        ("status", "code", "kind"),
        [
            (400, "requete-mal-formee", RequeteMalFormee),
            (401, "non-authentifie", NonAuthentifie),
            (403, "interdit", Interdit),
            (404, "introuvable", Introuvable),
            (409, "trop-tard", Conflit),
            (413, "piece-trop-lourde", PieceTropLourde),
            (422, "donnees-invalides", DonneesInvalides),
            (422, "cle-reutilisee", CleReutilisee),
            (429, "trop-de-demandes", TropDeDemandes),
            (500, "interne", ServiceInjoignable),
            (503, "indisponible", ServiceInjoignable),
        ],
    )
    def test_a_refusal_comes_back_as_our_own_error(
        self, serve: Serve, status: int, code: str, kind: type[Exception]
    ) -> None:
        with pytest.raises(kind):
            refusing(serve, status, code).get("/x")

    def test_field_errors_keep_their_field(self, serve: Serve) -> None:
        client = refusing(serve, 422, "donnees-invalides", erreurs=[{"champ": "titre", "message": "Court."}])
        with pytest.raises(DonneesInvalides) as refusal:
            client.post("/x")
        assert [(e.champ, e.message) for e in refusal.value.erreurs] == [("titre", "Court.")]

    def test_a_stale_revision_brings_the_present_item(self, serve: Serve) -> None:
        client = refusing(serve, 412, "etat-perime", item={"id": "n1", "etat": "accepte"}, rev=9)
        with pytest.raises(EtatPerime) as refusal:
            client.post("/x")
        assert (refusal.value.agregat["etat"], refusal.value.item, refusal.value.rev) == ("accepte", "n1", 9)

    def test_a_service_that_is_down_is_both_unavailable_and_transient(self) -> None:
        with pytest.raises(ServiceInjoignable) as refusal:
            client_to(NOWHERE).get("/x")
        assert isinstance(refusal.value, Indisponible)
        assert isinstance(refusal.value, Transitoire)

    def test_a_slow_service_is_given_up(self, serve: Serve) -> None:
        import time

        app = Flask("lent")
        app.add_url_rule("/x", view_func=lambda: time.sleep(3) or "")
        with pytest.raises(ServiceInjoignable):
            client_to(serve(app)).post("/x", timeout=(0.2, 0.2))


def echo(serve: Serve) -> ServiceClient:
    app = Flask("echo")

    @app.route("/x", methods=["GET", "POST", "PUT", "DELETE"])
    def x() -> Any:
        return jsonify(dict(request.headers))

    @app.post("/pieces")
    def pieces() -> Any:
        upload = request.files["fichier"]
        return jsonify({**request.form, "nom": upload.filename, "lu": upload.read().decode()})

    return client_to(serve(app))


class TestCalls:
    def test_it_carries_token_trace_key_and_revision(self, serve: Serve) -> None:
        trace = follow(None)
        sent = echo(serve).post("/x", {}, key="cle-1234", rev=6).json()
        assert sent["Authorization"] == "Bearer t"
        assert sent["Idempotency-Key"] == "cle-1234"
        assert sent["If-Match"] == '"6"'
        assert sent["Traceparent"] == trace

    def test_the_same_service_may_be_called_for_somebody(self, serve: Serve) -> None:
        assert echo(serve).for_token("hers").get("/x").json()["Authorization"] == "Bearer hers"

    def test_a_file_is_passed_on(self, serve: Serve) -> None:
        answer = echo(serve).upload("/pieces", ("acte.pdf", b"%PDF", "application/pdf"), {"agent": "a1"})
        assert answer.json() == {"agent": "a1", "nom": "acte.pdf", "lu": "%PDF"}


class Keycloak:
    """What ServiceTokens asks, answered or not."""

    def __init__(self) -> None:
        self.up = True
        self.asked = 0

    def __call__(self, url: str, form: Mapping[str, str]) -> Any:
        self.asked += 1
        if not self.up:
            raise requests.ConnectionError
        assert form["grant_type"] == "client_credentials"
        return {"access_token": f"jeton-{self.asked}", "expires_in": 900}


class TestServiceTokens:
    def tokens(self) -> tuple[ServiceTokens, Keycloak, FixedClock]:
        keycloak, clock = Keycloak(), FixedClock()
        return ServiceTokens("url", "iprof-cv", lambda: "secret", clock, keycloak), keycloak, clock

    def test_a_token_is_asked_once_then_renewed_early(self) -> None:
        tokens, keycloak, clock = self.tokens()
        assert [tokens.token(), tokens.token()] == ["jeton-1", "jeton-1"]
        clock.advance(timedelta(minutes=10))
        assert tokens.token() == "jeton-2"
        assert keycloak.asked == 2

    def test_the_old_token_serves_to_its_end_while_keycloak_is_down(self) -> None:
        tokens, keycloak, clock = self.tokens()
        tokens.token()
        keycloak.up = False
        clock.advance(timedelta(minutes=14))
        assert tokens.token() == "jeton-1"
        clock.advance(timedelta(minutes=1))
        with pytest.raises(ServiceInjoignable):
            tokens.token()
        keycloak.up = True
        clock.advance(timedelta(seconds=6))
        assert tokens.token() == "jeton-4"

    def test_a_silent_keycloak_is_not_asked_at_every_call(self) -> None:
        tokens, keycloak, clock = self.tokens()
        tokens.token()
        keycloak.up = False
        clock.advance(timedelta(minutes=11))
        for _ in range(20):
            tokens.token()
        assert keycloak.asked == 2


class TestKeys:
    def jwks_app(self, issuer: LocalIssuer, state: dict[str, Any]) -> Flask:
        app = Flask("keycloak")

        @app.get("/certs")
        def certs() -> Any:
            state["asked"] = state.get("asked", 0) + 1
            return (jsonify(issuer.jwks()), 200) if state.get("up", True) else ("", 503)

        return app

    def test_a_real_jwks_verifies_and_survives_an_outage(self, serve: Serve) -> None:
        issuer, clock, state = LocalIssuer(clock=FixedClock()), FixedClock(), dict[str, Any]()
        cache = JwksCache(serve(self.jwks_app(issuer, state)) + "/certs", clock)
        verifier = TokenVerifier(issuer.issuer, cache, clock=issuer.clock)
        assert verifier.verify(issuer.token(AGENT)).id == AGENT
        state["up"] = False
        clock.advance(timedelta(hours=1))
        assert verifier.verify(issuer.token(AGENT)).id == AGENT
        assert state["asked"] == 2

    def test_a_new_signing_key_is_fetched_when_first_met(self, serve: Serve) -> None:
        old, new = LocalIssuer(clock=FixedClock()), LocalIssuer(kid="essai-2", clock=FixedClock())
        published, clock = [old], FixedClock()
        cache = JwksCache("url", clock, lambda _: published[0].jwks())
        verifier = TokenVerifier(old.issuer, cache, clock=old.clock)
        verifier.verify(old.token(AGENT))
        published[0] = new
        clock.advance(timedelta(minutes=1))
        assert verifier.verify(new.token(AGENT)).id == AGENT

    def test_unknown_key_ids_do_not_make_it_ask_without_end(self) -> None:
        issuer, clock, asked = LocalIssuer(), FixedClock(), []
        cache = JwksCache("url", clock, lambda url: asked.append(url) or issuer.jwks())
        for n in range(50):
            cache.keys(f"inconnue-{n}")
        assert len(asked) == 1

    def test_without_any_key_the_service_says_it_cannot_tell(self) -> None:
        issuer = LocalIssuer()
        app = make_app(TokenVerifier(issuer.issuer, JwksCache(NOWHERE)))
        assert app.test_client().get("/moi", headers=issuer.bearer(AGENT)).status_code == 503

    def test_an_address_that_answers_something_else_is_an_outage(self, serve: Serve) -> None:
        app = Flask("autre")
        app.add_url_rule("/certs", view_func=lambda: "<html>")
        with pytest.raises(ServiceInjoignable):
            JwksCache(serve(app) + "/certs", FixedClock(), fetch_json).keys(None)
