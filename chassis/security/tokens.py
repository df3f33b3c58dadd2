"""Verification of the access tokens Keycloak signs. Nothing else says who a caller is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jws import extract_compact

from chassis.clock import Clock, SystemClock
from chassis.commands import Acteur
from chassis.config import Settings
from chassis.security.errors import NonAuthentifie
from chassis.security.jwks import JwksCache, KeySource

ALGORITHMS = ("RS256", "PS256", "ES256")
AUDIENCE = "iprof-api"
PERSON_CLIENT = "iprof-gateway"
SERVICE_ROLE = "service"
LEEWAY_SECONDS = 10


class Verifier(Protocol):
    """Turns a bearer token into who it stands for."""

    def verify(self, token: str) -> Acteur:
        """Raises NonAuthentifie when the token does not hold, ServiceInjoignable without any key."""
        ...


@dataclass(frozen=True)
class TokenVerifier:
    """Checks signature, `iss`, `exp`, `aud`, `azp` and `typ`, then reads the claims.

    A token obtained by the gateway for a person gives `Acteur(personne_id)`; a service account's gives
    `Acteur("service:<name>")`. A person can never become a service, whatever her roles.
    """

    issuer: str
    keys: KeySource
    audience: str = AUDIENCE
    person_client: str = PERSON_CLIENT
    clock: Clock = field(default_factory=SystemClock)

    def verify(self, token: str) -> Acteur:
        claims = self._claims(token)
        self._check(claims)
        if claims["azp"] == self.person_client:
            return _person(claims)
        return _service(claims)

    def _claims(self, token: str) -> Mapping[str, Any]:
        try:
            kid = extract_compact(token.encode()).headers().get("kid")
            return jwt.decode(token, self.keys.keys(kid), algorithms=list(ALGORITHMS)).claims
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise NonAuthentifie(f"illisible ou mal signé ({type(error).__name__})") from None

    def _check(self, claims: Mapping[str, Any]) -> None:
        now = self.clock.now().timestamp()
        checks = {
            "iss": claims.get("iss") == self.issuer,
            "exp": _number(claims.get("exp")) > now - LEEWAY_SECONDS,
            "nbf": _number(claims.get("nbf", 0)) <= now + LEEWAY_SECONDS,
            "aud": self.audience in _list(claims.get("aud")),
            "typ": claims.get("typ") == "Bearer",
            "azp": isinstance(claims.get("azp"), str),
        }
        wrong = [name for name, right in checks.items() if not right]
        if wrong:
            raise NonAuthentifie(f"refusé sur {', '.join(wrong)}")


def verifier_for(settings: Settings) -> TokenVerifier:
    """The verifier of the realm this process is configured for."""
    return TokenVerifier(settings.issuer, JwksCache(settings.jwks_url))


def _person(claims: Mapping[str, Any]) -> Acteur:
    try:
        identifier = str(UUID(claims["personne_id"]))
    except (KeyError, ValueError, AttributeError, TypeError):
        raise NonAuthentifie("sans personne_id") from None
    return Acteur(identifier, frozenset(_list(claims.get("roles"))) - {SERVICE_ROLE}, claims.get("academie"))


def _service(claims: Mapping[str, Any]) -> Acteur:
    if SERVICE_ROLE not in _list(claims.get("roles")):
        raise NonAuthentifie("client inconnu")
    name = str(claims["azp"]).removeprefix("iprof-").removesuffix("-service")
    return Acteur(f"service:{name}", frozenset({SERVICE_ROLE}))


def _list(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else [v for v in value or () if isinstance(v, str)]


def _number(value: Any) -> float:
    return float(value) if isinstance(value, int | float) else -1.0
