"""Writing: load, let the domain decide, one compare-and-set. The same code over every store."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import Any, Generic, TypeVar

from chassis import metrics
from chassis.aggregates import (
    Aggregate,
    AggregateKind,
    Applied,
    Change,
    Document,
    DocumentStore,
    DomainEvent,
    Execution,
    OutboxRow,
)
from chassis.audit import GENESIS, fingerprint, value_digest
from chassis.commands import CommandContext, Expected
from chassis.differences import ABSENT, Difference, differences
from chassis.errors import CleReutilisee, EtatPerime, Indisponible, Introuvable
from chassis.messages import Message

A = TypeVar("A", bound=Aggregate)
Act = Callable[[A], Sequence[DomainEvent]]

TRIES = 5
KEY_LIFETIME = timedelta(hours=72)


class Repository(Generic[A]):
    """The only way an aggregate changes."""

    def __init__(self, kind: AggregateKind[A], store: DocumentStore, audit_key: bytes) -> None:
        self._kind = kind
        self._store = store
        self._audit_key = audit_key

    def read(self, id: str) -> A | None:
        document = self._store.load(id)
        return None if document is None else self._aggregate(document)

    def get(self, id: str) -> A:
        """Raises Introuvable when there is none."""
        aggregate = self.read(id)
        if aggregate is None:
            raise Introuvable("Cette page n’existe pas ou ne vous est pas ouverte.")
        return aggregate

    def execute(
        self,
        id: str,
        context: CommandContext,
        act: Act[A],
        *,
        create: Callable[[], A] | None = None,
        expected: Expected | None = None,
    ) -> Execution[A]:
        """Runs `act` on the aggregate and writes what it did, once.

        `act` must be pure: after a lost race it runs again on a fresh copy. An act that returns no
        event writes nothing. `create` gives the new aggregate when there is none.
        Raises Introuvable, EtatPerime (that item moved), CleReutilisee, Indisponible (five lost
        races), and whatever the domain refuses with.
        """
        for _ in range(TRIES):
            execution = self._attempt(id, context, act, create, expected)
            if execution is not None:
                return execution
            metrics.COMMAND_RETRIES.labels(self._kind.name).inc()
        raise Indisponible("Trop de monde en même temps. Rien n’a été perdu : réessayez dans un instant.")

    def _attempt(
        self,
        id: str,
        context: CommandContext,
        act: Act[A],
        create: Callable[[], A] | None,
        expected: Expected | None,
    ) -> Execution[A] | None:
        document = self._store.load(id)
        if document is not None and (replay := self._replay(document, context)):
            return replay
        aggregate = self._starting_point(document, create)
        self._check_expected(aggregate, expected)
        events = act(aggregate)
        if not events:
            return Execution(aggregate, item="", seq=document["seq"] if document else 0)
        return self._write(id, document, aggregate, events, context)

    def _starting_point(self, document: Document | None, create: Callable[[], A] | None) -> A:
        if document is not None:
            return self._aggregate(document)
        if create is None:
            raise Introuvable("Cette page n’existe pas ou ne vous est pas ouverte.")
        return create()

    def _aggregate(self, document: Document) -> A:
        return self._kind.codec.from_document(document["etat"])

    def _replay(self, document: Document, context: CommandContext) -> Execution[A] | None:
        for done in document["applied"]:
            if done["cle"] != context.key or done["acteur"] != context.acteur.id:
                continue
            if context.now - done["le"] > KEY_LIFETIME:
                continue
            if done["empreinte"] != context.body_digest:
                raise CleReutilisee(
                    "Ce formulaire a déjà été envoyé avec d’autres réponses : rouvrez la page."
                )
            return Execution(self._aggregate(document), done["item"], done["seq"], replayed=True)
        return None

    def _check_expected(self, aggregate: A, expected: Expected | None) -> None:
        if expected is None:
            return
        item = aggregate.items.get(expected.item)
        if item is not None and item.rev != expected.rev:
            raise EtatPerime(
                "Quelqu’un d’autre a agi avant vous. Voici où en est la demande ; votre texte est gardé.",
                aggregate,
                expected.item,
                item.rev,
            )

    def _write(
        self,
        id: str,
        document: Document | None,
        aggregate: A,
        events: Sequence[DomainEvent],
        context: CommandContext,
    ) -> Execution[A] | None:
        start = document["seq"] if document else 0
        for seq, event in enumerate(events, start + 1):
            if event.item in aggregate.items:
                aggregate.items[event.item].rev = seq
        change = self._change(id, document, aggregate, events, context)
        won = (
            self._store.insert(new_document(id, self._kind.codec.to_document(aggregate), change))
            if document is None
            else self._store.commit(id, document["v"], change)
        )
        return Execution(aggregate, events[0].item, change.seq) if won else None

    def _change(
        self,
        id: str,
        document: Document | None,
        aggregate: A,
        events: Sequence[DomainEvent],
        context: CommandContext,
    ) -> Change:
        before = document["etat"] if document else {}
        touched = list(differences(before, self._kind.codec.to_document(aggregate)))
        seq = (document["seq"] if document else 0) + len(events)
        rows, empreinte = self._rows(id, document, aggregate, events, touched, context)
        return Change(
            set={d.path: d.after for d in touched if d.after is not ABSENT},
            unset=[d.path for d in touched if d.after is ABSENT],
            seq=seq,
            empreinte=empreinte,
            rows=rows,
            applied=_applied(context, events[0].item, seq),
            now=context.now,
        )

    def _rows(
        self,
        id: str,
        document: Document | None,
        aggregate: A,
        events: Sequence[DomainEvent],
        touched: Sequence[Difference],
        context: CommandContext,
    ) -> tuple[list[OutboxRow], str]:
        empreinte = document["empreinte"] if document else GENESIS
        first = (document["seq"] if document else 0) + 1
        rows = []
        for seq, event in enumerate(events, first):
            message = self._message(id, seq, aggregate, event, context)
            entry = self._audit_entry(message, event, touched if seq == first else ())
            empreinte = fingerprint(self._audit_key, empreinte, entry)
            rows.append(
                OutboxRow(seq, {**entry, "empreinte": empreinte}, message.to_wire(), context.traceparent)
            )
        return rows, empreinte

    def _message(
        self, id: str, seq: int, aggregate: A, event: DomainEvent, context: CommandContext
    ) -> Message:
        publication = self._kind.publications[type(event)]
        return Message(
            id=self._kind.event_id(id, seq),
            source=self._kind.service,
            type=publication.type,
            subject=id,
            time=context.now,
            seq=seq,
            actor=context.acteur.id,
            correlation=context.correlation,
            causation=context.causation,
            data=publication.data(aggregate, event),
        )

    def _audit_entry(
        self, message: Message, event: DomainEvent, touched: Sequence[Difference]
    ) -> dict[str, Any]:
        return {
            "id": message.id,
            "seq": message.seq,
            "acteur": message.actor,
            "le": message.time,
            "acte": message.type,
            "motif": getattr(event, "motif", None),
            "champs": [{"champ": d.path, **self._digests(message.id, d)} for d in touched],
        }

    def _digests(self, event_id: str, difference: Difference) -> dict[str, str | None]:
        return {
            name: None if value is ABSENT else value_digest(self._audit_key, event_id, difference.path, value)
            for name, value in (("avant", difference.before), ("apres", difference.after))
        }


def new_document(id: str, state: Document, change: Change) -> Document:
    """The first version of an aggregate's document."""
    return {
        "_id": id,
        "v": 1,
        "seq": change.seq,
        "empreinte": change.empreinte,
        "etat": state,
        "applied": [asdict(change.applied)] if change.applied else [],
        "outbox": [asdict(row) for row in change.rows],
        "outbox_since": change.now,
    }


def _applied(context: CommandContext, item: str, seq: int) -> Applied | None:
    if context.key is None:
        return None
    return Applied(context.key, context.acteur.id, context.body_digest, item, seq, context.now)
