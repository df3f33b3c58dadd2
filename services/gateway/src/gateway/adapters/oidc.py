"""Keycloak, as an OpenID Connect client sees it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import requests
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jws import extract_compact

from chassis.security.jwks import KeySource
from gateway.application.sessions import Jetons, KeycloakMuet, RefreshRefuse, Titulaire

LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"
LOGOUT_TYPE = "logout+jwt"
ALGORITHMS = ["RS256", "PS256", "ES256"]
TIMEOUT = (1.0, 3.0)
TOLERANCE = timedelta(minutes=2)


class LogoutTokenRefuse(Exception):
    """Not a logout token Keycloak signed for us, or an old one."""


def tokens_of(answer: Mapping[str, Any], now: datetime, previous: Jetons | None = None) -> Jetons:
    """What a token endpoint answered; a refresh may leave out what did not change."""
    return Jetons(
        acces=answer["access_token"],
        rafraichissement=answer.get("refresh_token") or (previous.rafraichissement if previous else ""),
        identite=answer.get("id_token") or (previous.identite if previous else ""),
        recus_le=now,
        expire_le=now + timedelta(seconds=int(answer.get("expires_in", 0))),
    )


class Keycloak:
    """Token renewal and back-channel logout; implements `application.sessions.Renouveleur`.

    `issuer` is what Keycloak puts in `iss`; `token_url` is where this process reaches it.
    """

    def __init__(
        self, issuer: str, token_url: str, client_id: str, client_secret: str, keys: KeySource
    ) -> None:
        self._issuer = issuer
        self._token_url = token_url
        self._logout_url = f"{token_url.removesuffix('/token')}/logout"
        self._client = (client_id, client_secret)
        self._keys = keys

    def renew(self, jetons: Jetons, now: datetime) -> Jetons:
        answer = self._post(
            self._token_url, {"grant_type": "refresh_token", "refresh_token": jetons.rafraichissement}
        )
        if answer.status_code in (400, 401):
            raise RefreshRefuse
        if answer.status_code != requests.codes.ok:
            raise KeycloakMuet
        return tokens_of(answer.json(), now, jetons)

    def end(self, jetons: Jetons) -> None:
        """Ends the sign-in these tokens come from, in the browser that made it too.

        Raises KeycloakMuet; a session Keycloak no longer knows is ended already.
        """
        answer = self._post(self._logout_url, {"refresh_token": jetons.rafraichissement})
        if answer.status_code >= requests.codes.server_error:
            raise KeycloakMuet

    def holder(self, access_token: str, sid: str) -> Titulaire | None:
        """Who a fresh access token speaks of; None when the account is attached to nobody."""
        claims = self._claims(access_token)
        if not claims.get("personne_id"):
            return None
        roles = frozenset(claims.get("roles", ()))
        return Titulaire(claims["personne_id"], claims["sub"], sid, roles, claims.get("academie"))

    def read_logout(self, token: str, now: datetime) -> tuple[str | None, str | None]:
        """The (sid, sub) a logout token ends. Raises LogoutTokenRefuse or Indisponible."""
        try:
            claims = self._claims(token)
            typed = str(extract_compact(token.encode()).headers().get("typ")).lower() == LOGOUT_TYPE
        except (JoseError, ValueError, TypeError) as refusal:
            raise LogoutTokenRefuse from refusal
        if not typed or not self._is_logout(claims, now):
            raise LogoutTokenRefuse
        return claims.get("sid"), claims.get("sub")

    def _is_logout(self, claims: Mapping[str, Any], now: datetime) -> bool:
        audience = claims.get("aud")
        issued = datetime.fromtimestamp(float(claims.get("iat", 0)), now.tzinfo)
        return (
            claims.get("iss") == self._issuer
            and self._client[0] in ([audience] if isinstance(audience, str) else audience or [])
            and LOGOUT_EVENT in claims.get("events", {})
            and "nonce" not in claims
            and abs(now - issued) <= TOLERANCE
            and bool(claims.get("sid") or claims.get("sub"))
        )

    def _claims(self, token: str) -> dict[str, Any]:
        kid = extract_compact(token.encode()).headers().get("kid")
        return jwt.decode(token, self._keys.keys(kid), algorithms=ALGORITHMS).claims

    def _post(self, url: str, form: Mapping[str, str]) -> requests.Response:
        try:
            return requests.post(url, data=form, auth=self._client, timeout=TIMEOUT)
        except requests.RequestException as failure:
            raise KeycloakMuet from failure
