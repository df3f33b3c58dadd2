"""What an aggregate, its events and its place of storage look like to the chassis."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

Document = dict[str, Any]


class Item(Protocol):
    """A part of an aggregate with a life of its own; `rev` is the seq of the last event that touched it."""

    rev: int


class DomainEvent(Protocol):
    """What happened, in the domain's words. `item` is the id of the item it concerns."""

    @property
    def item(self) -> str: ...


class Aggregate(Protocol):
    """One document: read whole, changed by its own methods, written by one compare-and-set."""

    @property
    def id(self) -> str: ...

    @property
    def items(self) -> Mapping[str, Item]: ...


A = TypeVar("A", bound=Aggregate)


class Codec(Protocol[A]):
    """Turns an aggregate into its stored state and back."""

    def to_document(self, aggregate: A) -> Document: ...

    def from_document(self, document: Document) -> A: ...


@dataclass(frozen=True)
class Publication(Generic[A]):
    """How a domain event goes on the wire: its type and the public state of its item."""

    type: str
    data: Callable[[A, Any], Mapping[str, Any]]


@dataclass(frozen=True)
class AggregateKind(Generic[A]):
    """Everything the repository must know of one kind of aggregate.

    `publications` has one line per domain event class: every event is published.
    """

    service: str
    name: str
    codec: Codec[A]
    publications: Mapping[type, Publication[A]]

    def event_id(self, aggregate_id: str, seq: int) -> str:
        return f"{self.service}:{self.name}:{aggregate_id}:{seq}"


@dataclass(frozen=True)
class Applied:
    """The memory of a command: the same key from the same actor gets the same outcome."""

    cle: str
    acteur: str
    empreinte: str | None
    item: str
    seq: int
    le: datetime


@dataclass(frozen=True)
class OutboxRow:
    """What a command leaves behind, in the same write: the private audit entry and the public event."""

    seq: int
    audit: Mapping[str, Any]
    evenement: Mapping[str, Any]
    traceparent: str | None = None


@dataclass(frozen=True)
class Change:
    """One compare-and-set: the paths of `etat` that changed, and what goes with them."""

    set: Mapping[str, Any]
    unset: Sequence[str]
    seq: int
    empreinte: str
    rows: Sequence[OutboxRow]
    applied: Applied | None
    now: datetime


class DocumentStore(Protocol):
    """Where the documents of one kind of aggregate are kept.

    A document is `{_id, v, seq, empreinte, etat, applied: [...], outbox: [...], outbox_since?}`.
    Every method raises `chassis.errors.Indisponible` when the store does not answer.
    """

    def load(self, id: str) -> Document | None: ...

    def insert(self, document: Document) -> bool:
        """False when a document with this `_id` is already there."""
        ...

    def commit(self, id: str, v: int, change: Change) -> bool:
        """Applies the change if the version is still `v`; False when somebody was faster."""
        ...


@dataclass(frozen=True)
class Execution(Generic[A]):
    """The aggregate as it is after a command, and what the command did (`seq` of its last event)."""

    aggregate: A
    item: str
    seq: int
    replayed: bool = field(default=False)
