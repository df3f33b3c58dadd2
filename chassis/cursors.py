"""How far a group is with each aggregate, and the keys it has put aside."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from chassis.subscriptions import LineUpdate


class Origin(NamedTuple):
    """Whose events: the service that writes them and the aggregate's id."""

    source: str
    subject: str


class Cursors(Protocol):
    """The seq of the last event done, per group and aggregate. Raises Indisponible."""

    def read(self, group: str, origins: Collection[Origin]) -> Mapping[Origin, int]:
        """Those never seen are absent."""
        ...

    def advance(self, group: str, done: Mapping[Origin, int]) -> None:
        """Never goes back."""
        ...


@dataclass(frozen=True)
class ParkedKey:
    """A key whose events wait in their owner's journal, since the first that could not be applied.

    `source`, `kind` and `seq` are None while nothing readable of that key was seen.
    """

    group: str
    topic: str
    key: str
    raison: str
    partition: int
    offset: int
    le: datetime
    source: str | None = None
    kind: str | None = None
    seq: int | None = None


class ParkedKeys(Protocol):
    """Keys a group does not apply any more until a person decides. Raises Indisponible."""

    def among(self, group: str, topic: str, keys: Collection[str]) -> set[str]:
        """Those of `keys` that are parked."""
        ...

    def park(self, parked: ParkedKey) -> None:
        """Keeps the first reason when the key is parked already."""
        ...

    def learn_origin(self, group: str, topic: str, key: str, source: str, kind: str) -> None:
        """Remembers whose key it is, once an event of it could be read."""
        ...

    def get(self, group: str, topic: str, key: str) -> ParkedKey | None: ...

    def all(self, group: str) -> Sequence[ParkedKey]: ...

    def release(self, group: str, topic: str, key: str) -> None: ...


class Lines(Protocol):
    """Where projections are kept. Raises Indisponible."""

    def apply(self, updates: Sequence[LineUpdate]) -> None:
        """Writes each line only if what is there has a smaller `seq`."""
        ...
