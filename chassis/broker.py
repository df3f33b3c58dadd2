"""What the relay and the dead letters need of a broker."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol


@dataclass(frozen=True)
class Record:
    """One record to send: `key` decides its partition, `value` is the JSON of a CloudEvent."""

    topic: str
    key: str
    value: bytes = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict)


class Outcome(Enum):
    """What became of a record. `RETRY`: may have been written, send it again. `REFUSED`: never will be."""

    SENT = "sent"
    RETRY = "retry"
    REFUSED = "refused"


class Broker(Protocol):
    def send(self, records: Sequence[Record]) -> Sequence[Outcome]:
        """Sends in order and waits for the acks; one outcome per record."""
        ...

    def close(self) -> None: ...
