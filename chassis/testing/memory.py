"""A repository in memory and the context of a command, for the tests of a service's application."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Generic, TypeVar

import contracts
from chassis.aggregates import Aggregate, AggregateKind, Change, Document
from chassis.commands import Acteur, CommandContext, body_digest
from chassis.repository import Repository
from chassis.testing.clock import EPOCH
from chassis.testing.store import FakeDocumentStore

A = TypeVar("A", bound=Aggregate)

AUDIT_KEY = b"a key for tests only, 32 bytes.."


class StrictStore(FakeDocumentStore):
    """Raises contracts.ContratViole instead of keeping an event the relay would refuse to send."""

    def insert(self, document: Document) -> bool:
        _validate(row["evenement"] for row in document["outbox"])
        return super().insert(document)

    def commit(self, id: str, v: int, change: Change) -> bool:
        _validate(row.evenement for row in change.rows)
        return super().commit(id, v, change)


def _validate(events: Iterable[Mapping[str, Any]]) -> None:
    for event in events:
        contracts.validate_produced(event)


class InMemory(Generic[A]):
    """`InMemory(KIND).repository` writes into `.store`; `.published()` are the events, as on the wire.

    An event that breaks its contract fails the test that made it, as it would stop the relay.
    """

    def __init__(self, kind: AggregateKind[A]) -> None:
        self.store = StrictStore()
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
