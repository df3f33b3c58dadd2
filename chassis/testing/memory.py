"""A repository in memory and the context of a command, for the tests of a service's application."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Generic, TypeVar

from chassis.aggregates import Aggregate, AggregateKind
from chassis.commands import Acteur, CommandContext, body_digest
from chassis.repository import Repository
from chassis.testing.clock import EPOCH
from chassis.testing.store import FakeDocumentStore

A = TypeVar("A", bound=Aggregate)

AUDIT_KEY = b"a key for tests only, 32 bytes.."


class InMemory(Generic[A]):
    """`InMemory(KIND).repository` writes into `.store`; `.published()` are the events, as on the wire."""

    def __init__(self, kind: AggregateKind[A]) -> None:
        self.store = FakeDocumentStore()
        self.repository = Repository(kind, self.store, AUDIT_KEY)

    def published(self, id: str | None = None) -> list[dict[str, Any]]:
        return self.store.published(id)


def context(
    acteur: str = "personne-1",
    *roles: str,
    academie: str | None = None,
    key: str | None = None,
    body: Mapping[str, Any] | None = None,
    now: datetime = EPOCH,
    causation: str | None = None,
) -> CommandContext:
    """What a command is given besides its own words, with defaults a test need not care about."""
    return CommandContext(
        acteur=Acteur(acteur, frozenset(roles), academie),
        now=now,
        correlation="correlation-de-test",
        key=key,
        body_digest=body_digest(body or {}) if key else None,
        causation=causation,
    )
