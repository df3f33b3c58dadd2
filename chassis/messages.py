"""The message on the wire: a structured CloudEvent 1.0."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Self

CONTENT_TYPE = "application/cloudevents+json"


@dataclass(frozen=True)
class Message:
    """One event as services exchange it.

    `id` is `<service>:<agregat>:<id>:<seq>`, `subject` the aggregate's id (and the Kafka key),
    `seq` dense from 1 per aggregate, `time` UTC to the millisecond, `data` the whole public
    state of the item: identifiers, codes, dates and enums only.
    """

    id: str
    source: str
    type: str
    subject: str
    time: datetime
    seq: int
    actor: str
    correlation: str
    data: Mapping[str, Any] = field(repr=False)
    causation: str | None = None

    def to_wire(self) -> dict[str, Any]:
        """The CloudEvent as a JSON-able dict."""
        wire: dict[str, Any] = {
            "specversion": "1.0",
            "id": self.id,
            "source": self.source,
            "type": self.type,
            "subject": self.subject,
            "time": _to_rfc3339(self.time),
            "datacontenttype": "application/json",
            "dataschema": f"urn:iprof:{self.type}",
            "seq": self.seq,
            "actor": self.actor,
            "correlation": self.correlation,
            "data": dict(self.data),
        }
        if self.causation is not None:
            wire["causation"] = self.causation
        return wire

    @classmethod
    def from_wire(cls, wire: Mapping[str, Any]) -> Self:
        """Reads tolerantly: unknown attributes are ignored.

        Raises KeyError, TypeError or ValueError when a needed attribute is missing or malformed.
        """
        return cls(
            id=str(wire["id"]),
            source=str(wire["source"]),
            type=str(wire["type"]),
            subject=str(wire["subject"]),
            time=datetime.fromisoformat(wire["time"]),
            seq=int(wire["seq"]),
            actor=str(wire["actor"]),
            correlation=str(wire["correlation"]),
            causation=wire.get("causation"),
            data=dict(wire["data"]),
        )


def _to_rfc3339(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
