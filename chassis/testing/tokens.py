"""A token issuer of one's own: real signatures, without Keycloak."""

from datetime import timedelta
from functools import cache
from typing import Any

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

from chassis.clock import Clock, SystemClock
from chassis.security.tokens import AUDIENCE, PERSON_CLIENT, TokenVerifier

ISSUER = "https://keycloak.test/realms/iprof"


@cache
def _key(kid: str) -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig", "alg": "RS256"})


class LocalIssuer:
    """Signs access tokens as the realm would; `verifier()` accepts them and nothing else."""

    def __init__(self, issuer: str = ISSUER, kid: str = "essai", clock: Clock | None = None) -> None:
        self.issuer = issuer
        self.key = _key(kid)
        self.clock = clock or SystemClock()

    def keys(self, kid: str | None = None) -> KeySet:
        return KeySet([self.key])

    def jwks(self) -> Any:
        """The public JWKS document."""
        return self.keys().as_dict(private=False)

    def verifier(self) -> TokenVerifier:
        return TokenVerifier(self.issuer, self, clock=self.clock)

    def token(self, personne_id: str, /, *roles: str, academie: str = "lyon", **claims: Any) -> str:
        """The access token of a person signed in through the gateway. `claims` override."""
        return self.sign(
            {
                "azp": PERSON_CLIENT,
                "personne_id": personne_id,
                "academie": academie,
                "roles": list(roles),
                **claims,
            }
        )

    def service_token(self, name: str, **claims: Any) -> str:
        """The access token of a service account."""
        return self.sign({"azp": f"iprof-{name}", "roles": ["service"], **claims})

    def sign(self, claims: dict[str, Any]) -> str:
        """A claim given as None is left out."""
        now = self.clock.now()
        usual = {
            "iss": self.issuer,
            "aud": [AUDIENCE],
            "typ": "Bearer",
            "iat": int(now.timestamp()),
            "exp": int((now + timedelta(minutes=15)).timestamp()),
        }
        kept = {name: value for name, value in {**usual, **claims}.items() if value is not None}
        return jwt.encode({"alg": "RS256", "kid": self.key.kid, "typ": "JWT"}, kept, self.key)

    def bearer(self, personne_id: str, /, *roles: str, **claims: Any) -> dict[str, str]:
        """The Authorization header of a person."""
        return {"Authorization": f"Bearer {self.token(personne_id, *roles, **claims)}"}

    def service_bearer(self, name: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.service_token(name)}"}
