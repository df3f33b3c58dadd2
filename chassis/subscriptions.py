"""What a service listens to, as data: importable without configuration.

Handlers take the wired application first, so the tables name plain functions:
`def quand_element_verifie(application: Application, message: Message) -> None`.
A handler must be a no-op when it meets the same message again. It lets `Transitoire` and
`Indisponible` through (the loop pauses and tries again); any other error sends the message to the
dead letters and parks its key.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chassis.messages import Message

Handler = Callable[[Any, Message], None]
OnParked = Callable[[Any, str], None]


@dataclass(frozen=True)
class LineUpdate:
    """One line of a projection, written only if what is there has a smaller `seq`.

    `collection` is the Mongo collection, `id` its `_id`; `fields` are merged into the line.
    """

    collection: str
    id: str
    seq: int
    fields: Mapping[str, Any]


def _nothing_parked(application: Any, key: str) -> None:
    """A parked key changes nothing by default: its state simply stays old."""


@dataclass(frozen=True)
class Subscription:
    """One topic read for its effects: wire type → what to do with it.

    `dense` is False for compacted topics, where older records disappear and no gap is filled.
    `on_parked(application, key)` is called when a key is parked.
    """

    topic: str
    group: str
    handlers: Mapping[str, Handler]
    dense: bool = True
    on_parked: OnParked = _nothing_parked

    @property
    def types(self) -> frozenset[str]:
        return frozenset(self.handlers)


Project = Callable[[Any, Message], Sequence[LineUpdate]]
After = Callable[[Any, Sequence[LineUpdate]], None]


def _nothing_after(application: Any, updates: Sequence[LineUpdate]) -> None:
    """Most projections are done once their lines are written."""


@dataclass(frozen=True)
class ProjectionSubscription:
    """One topic read into lines: wire type → the lines that message gives.

    `after(application, updates)` runs once per batch, after the lines are written and before the
    cursors move: it must be repeatable.
    """

    topic: str
    group: str
    project: Mapping[str, Project]
    after: After = _nothing_after
    dense: bool = True
    on_parked: OnParked = _nothing_parked

    @property
    def types(self) -> frozenset[str]:
        return frozenset(self.project)


AnySubscription = Subscription | ProjectionSubscription
