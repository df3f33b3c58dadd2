"""A local copy of a compacted topic: the last known state of each key."""

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from chassis.messages import Message
from chassis.subscriptions import Subscription


class Replica(Protocol):
    """Documents `{_id: subject, seq, **data}`. A denied key answers as if it were unknown.

    Every method raises `Indisponible` when the store does not answer.
    """

    def put(self, message: Message) -> None:
        """Replaces the document if the message is newer than what is there."""
        ...

    def deny(self, key: str) -> None:
        """The key's state cannot be trusted any more: unknown until a newer message is put."""
        ...

    def get(self, key: str) -> dict[str, Any] | None: ...

    def find(self, **equality: Any) -> list[dict[str, Any]]:
        """Documents whose fields have these values (a list field: contains it)."""
        ...


def replica_subscription(
    topic: str,
    group: str,
    types: Iterable[str],
    replica_of: Callable[[Any], Replica],
    afterwards: Callable[[Any, Message], None] = lambda application, message: None,
) -> Subscription:
    """The subscription that keeps a replica; `replica_of` finds it in the wired application.

    It fills no gap (a compacted topic has some) and calls no other service. A key that has to be
    parked is denied. `afterwards` runs after each put, for what else hangs on that state.
    """

    def put(application: Any, message: Message) -> None:
        replica_of(application).put(message)
        afterwards(application, message)

    return Subscription(
        topic=topic,
        group=group,
        handlers=dict.fromkeys(types, put),
        dense=False,
        on_parked=lambda application, key: replica_of(application).deny(key),
    )
