"""What an owner tells of its own events, and how a reader asks for them."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from chassis.errors import ErreurApplicative, Introuvable, Transitoire

Wire = Mapping[str, Any]
PAGE = 500


class Journal(Protocol):
    """The owner's side."""

    def events_since(self, kind: str, id: str, seq: int) -> Sequence[dict[str, Any]]:
        """The events (as on the wire) of one aggregate after `seq`, in order, at most a page.

        Sent or not yet sent. Raises Introuvable for an unknown kind, Indisponible.
        """
        ...


class JournalClient(Protocol):
    """The reader's side."""

    def events_since(self, source: str, kind: str, id: str, seq: int) -> Sequence[Wire]:
        """As `Journal.events_since`, asked of the service `source`.

        Raises Transitoire or Indisponible when that service does not answer.
        """
        ...


class Answer(Protocol):
    def json(self) -> Any: ...


class Getter(Protocol):
    """The part of `chassis.security.ServiceClient` this needs."""

    def get(self, path: str, *, params: Mapping[str, Any]) -> Answer: ...


class HttpJournalClient:
    """`JournalClient` over the owners' `GET /interne/journal/<kind>/<id>?depuis=<seq>`."""

    def __init__(self, clients: Mapping[str, Getter]) -> None:
        self._clients = clients

    def events_since(self, source: str, kind: str, id: str, seq: int) -> Sequence[Wire]:
        try:
            answer = self._clients[source].get(f"/interne/journal/{kind}/{id}", params={"depuis": seq})
        except Introuvable:
            return []
        except ErreurApplicative as error:
            # A refusal (an expired token, say) is never the message's fault.
            raise Transitoire(source) from error
        events: Sequence[Wire] = answer.json()["evenements"]
        return events


class NoJournal:
    """`JournalClient` of a service that only keeps replicas: there is never a gap to fill."""

    def events_since(self, source: str, kind: str, id: str, seq: int) -> Sequence[Wire]:
        return []
