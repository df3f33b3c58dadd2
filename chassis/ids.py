"""The only place where identifiers are drawn."""

import secrets
from typing import Protocol
from uuid import UUID, uuid4, uuid5

_NAMESPACE = UUID("6f1c2b5e-3d0a-5a77-9a53-1f5be0d7c3aa")


class Ids(Protocol):
    """Gives identifiers nobody had before."""

    def new(self) -> str: ...


class RandomIds:
    def new(self) -> str:
        return str(uuid4())


def derived_id(*parts: str) -> str:
    """A UUID that the same parts always give: the `_id` of what must exist once."""
    return str(uuid5(_NAMESPACE, "\x1f".join(parts)))


def secret_token() -> str:
    """256 bits nobody can guess, for sessions and one-time values."""
    return secrets.token_urlsafe(32)
