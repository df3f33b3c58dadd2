"""What a session is, how long it lives and when its tokens are renewed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from chassis.errors import Indisponible

SIGN_IN = timedelta(minutes=10)
IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=10)
REFRESH_AFTER = timedelta(minutes=5)
SEEN_STEP = timedelta(seconds=30)


@dataclass(frozen=True)
class Jetons:
    """What Keycloak gave, and until when the access token is good. Never leaves the server."""

    acces: str = field(repr=False)
    rafraichissement: str = field(repr=False)
    identite: str = field(repr=False)
    recus_le: datetime
    expire_le: datetime


@dataclass(frozen=True)
class Titulaire:
    """Who signed in. `sid` and `sub` are Keycloak's, for back-channel logout only."""

    personne_id: str
    sub: str
    sid: str
    roles: frozenset[str]
    academie: str | None = None


@dataclass(frozen=True)
class Session:
    """One browser's session. `empreinte` is the SHA-256 of the cookie, the only thing stored of it."""

    empreinte: str
    cree_le: datetime
    vu_le: datetime
    contenu: Mapping[str, Any] = field(default_factory=dict)
    titulaire: Titulaire | None = None
    jetons: Jetons | None = None
    navigateur: str = ""

    @property
    def expire_le(self) -> datetime:
        if self.titulaire is None:
            return self.cree_le + SIGN_IN
        return min(self.vu_le + IDLE, self.cree_le + ABSOLUTE)

    def active(self, now: datetime) -> bool:
        return now < self.expire_le

    def a_noter(self, now: datetime) -> bool:
        """Whether this visit is worth a write: once every half minute is enough."""
        return now - self.vu_le >= SEEN_STEP

    def with_tokens(self, jetons: Jetons) -> "Session":
        return replace(self, jetons=jetons)


def a_rafraichir(jetons: Jetons, now: datetime) -> bool:
    """Tokens are renewed early, so that ten minutes without Keycloak are not felt."""
    return now - jetons.recus_le >= REFRESH_AFTER


class Sessions(Protocol):
    """Where sessions are kept. Every method raises `Indisponible` when the store does not answer."""

    def get(self, empreinte: str) -> Session | None: ...

    def create(self, session: Session) -> None: ...

    def delete(self, empreinte: str) -> None: ...

    def seen(self, empreinte: str, now: datetime) -> None: ...

    def write_content(self, empreinte: str, contenu: Mapping[str, Any]) -> None: ...

    def claim_refresh(self, empreinte: str, received: datetime, now: datetime) -> bool:
        """True for one caller only, for some seconds: who renews the tokens received at `received`."""
        ...

    def write_tokens(self, empreinte: str, jetons: Jetons) -> None: ...

    def of_person(self, personne_id: str, now: datetime) -> Sequence[Session]: ...

    def close_sid(self, sid: str, now: datetime) -> int:
        """Ends the sessions of this Keycloak session; leaves a tombstone for one that arrives late."""
        ...

    def close_sub(self, sub: str) -> int: ...

    def is_closed(self, sid: str, now: datetime) -> bool:
        """Whether a back-channel logout already ended this Keycloak session."""
        ...


class KeycloakMuet(Indisponible):
    """Keycloak does not answer: nobody signs in, nor goes on once her token ran out."""

    def __init__(self) -> None:
        super().__init__("La connexion ne répond pas pour l’instant. Réessayez dans quelques minutes.")


class RefreshRefuse(Exception):
    """Keycloak no longer honours this session: it is over."""


class Renouveleur(Protocol):
    """Asks Keycloak for new tokens. Raises RefreshRefuse, or KeycloakMuet."""

    def renew(self, jetons: Jetons, now: datetime) -> Jetons: ...
