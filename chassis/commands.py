"""What every command is given besides its own words: who, when, and under which key."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Acteur:
    """Who acts: a person (`personne_id`) with roles, or a service (`service:<name>`)."""

    id: str
    roles: frozenset[str] = frozenset()
    academie: str | None = None

    def a_le_role(self, role: str) -> bool:
        return role in self.roles


@dataclass(frozen=True)
class CommandContext:
    """Drawn once before a command runs, so that a re-run after a lost race changes nothing.

    `key` is the idempotency key (None when the target's own id makes the command a no-op),
    `body_digest` the SHA-256 of the body, `causation` the id of the event being answered.
    """

    acteur: Acteur
    now: datetime
    correlation: str
    key: str | None = None
    body_digest: str | None = None
    causation: str | None = None
    traceparent: str | None = None


@dataclass(frozen=True)
class Expected:
    """The revision the person was looking at (`If-Match`) for one item."""

    item: str
    rev: int


def body_digest(body: Mapping[str, Any]) -> str:
    """SHA-256 (hex) of a JSON body, whatever the order of its keys."""
    return hashlib.sha256(json.dumps(body, sort_keys=True, default=str).encode()).hexdigest()
