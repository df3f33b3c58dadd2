"""A word from Keycloak that ends sessions: nothing else may pass for one."""

from datetime import timedelta
from typing import Any

import pytest
from gateway.adapters.oidc import LOGOUT_EVENT, Keycloak, LogoutTokenRefuse
from joserfc import jwt
from joserfc.jwk import OctKey

from chassis.testing.clock import EPOCH, FixedClock
from chassis.testing.tokens import LocalIssuer

ISSUER = LocalIssuer(clock=FixedClock())
KEYCLOAK = Keycloak(ISSUER.issuer, f"{ISSUER.issuer}/token", "iprof-gateway", "secret", ISSUER)
GOOD: dict[str, Any] = {
    "iss": ISSUER.issuer,
    "aud": "iprof-gateway",
    "iat": int(EPOCH.timestamp()),
    "jti": "1",
    "sid": "session-1",
    "sub": "personne-1",
    "events": {LOGOUT_EVENT: {}},
}


def signed(header: dict[str, Any] | None = None, key: Any = ISSUER.key, **changes: Any) -> str:
    claims = {name: value for name, value in {**GOOD, **changes}.items() if value is not None}
    kept = {"alg": "RS256", "kid": ISSUER.key.kid, "typ": "logout+jwt", **(header or {})}
    return str(jwt.encode({name: v for name, v in kept.items() if v is not None}, claims, key))


def test_keycloak_s_word_names_what_ends() -> None:
    assert KEYCLOAK.read_logout(signed(), EPOCH) == ("session-1", "personne-1")


@pytest.mark.parametrize(
    "token",
    [
        signed({"typ": "JWT"}),
        signed({"typ": None}),
        signed(events={}),
        signed(events=None),
        signed(nonce="n"),
        signed(aud="iprof-cv"),
        signed(iss="https://ailleurs.example/realms/iprof"),
        signed(iat=int((EPOCH - timedelta(minutes=3)).timestamp())),
        signed(iat=int((EPOCH + timedelta(minutes=3)).timestamp())),
        signed(sid=None, sub=None),
        signed(key=LocalIssuer(kid="autre").key),
        signed({"alg": "HS256"}, key=OctKey.import_key(b"x" * 32)),
        ISSUER.token("5b0c8a52-3f0e-5a1e-9c57-2f1f6f0a7d10", "enseignant"),
        "eyJhbGciOiJub25lIiwidHlwIjoibG9nb3V0K2p3dCJ9.e30.",
        "n'importe quoi",
        "",
    ],
)
def test_nothing_else_passes_for_it(token: str) -> None:
    with pytest.raises(LogoutTokenRefuse):
        KEYCLOAK.read_logout(token, EPOCH)
