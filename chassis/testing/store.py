"""The twin of a Mongo collection of aggregates: same compare-and-set, same outbox, in memory."""

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import asdict
from threading import Lock
from typing import Any

from chassis.aggregates import Change, Document
from chassis.outbox import Pending, journal_entry

APPLIED_KEPT = 500


class FakeDocumentStore:
    """Implements `DocumentStore` and `Outbox`.

    `before_write` is called before each write: a test uses it to let somebody else be faster.
    """

    def __init__(self) -> None:
        self.documents: dict[str, Document] = {}
        self.journal: dict[str, Document] = {}
        self.before_write: Callable[[], None] = lambda: None
        self._lock = Lock()

    def load(self, id: str) -> Document | None:
        with self._lock:
            return deepcopy(self.documents.get(id))

    def insert(self, document: Document) -> bool:
        self._interleave()
        with self._lock:
            if document["_id"] in self.documents:
                return False
            self.documents[document["_id"]] = deepcopy(document)
            return True

    def commit(self, id: str, v: int, change: Change) -> bool:
        self._interleave()
        with self._lock:
            document = self.documents.get(id)
            if document is None or document["v"] != v:
                return False
            _apply(document, change)
            return True

    def pending(self, limit: int) -> Sequence[Pending]:
        waiting = [document for document in self.documents.values() if "outbox_since" in document]
        return [
            Pending(document["_id"], deepcopy(document["outbox"]), document["outbox_since"])
            for document in sorted(waiting, key=lambda document: document["outbox_since"])[:limit]
        ]

    def keep(self, pending: Sequence[Pending]) -> None:
        for row in (row for waiting in pending for row in waiting.rows):
            entry = journal_entry(row)
            self.journal.setdefault(entry["_id"], deepcopy(entry))

    def clear(self, sent: Mapping[str, Sequence[int]]) -> None:
        for id, seqs in sent.items():
            self._clear_one(self.documents[id], seqs)

    def _clear_one(self, document: Document, seqs: Sequence[int]) -> None:
        with self._lock:
            document["outbox"] = [row for row in document["outbox"] if row["seq"] not in seqs]
            if not document["outbox"]:
                document.pop("outbox_since", None)

    def published(self, id: str | None = None) -> list[dict[str, Any]]:
        """Every event (as on the wire) written so far, sent or not, in order of seq per aggregate."""
        kept = [entry["evenement"] for entry in self.journal.values()]
        seen = {event["id"] for event in kept}
        waiting = [row["evenement"] for document in self.documents.values() for row in document["outbox"]]
        events = kept + [event for event in waiting if event["id"] not in seen]
        mine = [event for event in events if id in (None, event["subject"])]
        return sorted(mine, key=lambda event: (event["time"], event["subject"], event["seq"]))

    def _interleave(self) -> None:
        act, self.before_write = self.before_write, lambda: None
        act()


def _apply(document: Document, change: Change) -> None:
    for path, value in change.set.items():
        parent, name = _place(document["etat"], path)
        parent[name] = deepcopy(value)
    for path in change.unset:
        parent, name = _place(document["etat"], path)
        parent.pop(name, None)
    document["v"] += 1
    document["seq"], document["empreinte"] = change.seq, change.empreinte
    document["outbox"] += [deepcopy(asdict(row)) for row in change.rows]
    document["outbox_since"] = min(document.get("outbox_since", change.now), change.now)
    if change.applied:
        document["applied"] = [*document["applied"], asdict(change.applied)][-APPLIED_KEPT:]


def _place(state: Document, path: str) -> tuple[Document, str]:
    *parents, name = path.split(".")
    for parent in parents:
        state = state.setdefault(parent, {})
    return state, name
