"""Where commands leave their events until the relay has sent them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True)
class Pending:
    """The unsent rows of one aggregate, in order of seq (`{seq, audit, evenement, traceparent}`)."""

    id: str
    rows: Sequence[Mapping[str, Any]]
    since: datetime


class Outbox(Protocol):
    """The outboxes of one kind of aggregate. Every method raises `Indisponible` when the store is down."""

    def pending(self, limit: int) -> Sequence[Pending]:
        """At most `limit` aggregates that have unsent rows."""
        ...

    def keep(self, pending: Sequence[Pending]) -> None:
        """Copies the rows to the journal; rows already there stay as they are."""
        ...

    def clear(self, sent: Mapping[str, Sequence[int]]) -> None:
        """Removes the rows of these seqs, per aggregate; rows pushed meanwhile stay and stay visible."""
        ...


def journal_entry(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as the journal keeps it: found by kind, aggregate and seq."""
    event = row["evenement"]
    return {
        "_id": event["id"],
        "agregat": kind_of(event["id"]),
        "sujet": event["subject"],
        "seq": row["seq"],
        "audit": dict(row["audit"]),
        "evenement": dict(event),
    }


def kind_of(event_id: str) -> str:
    """The kind of aggregate in `<service>:<agregat>:<id>:<seq>`."""
    return event_id.split(":")[1]
