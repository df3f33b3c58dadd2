"""What services say to each other: the topics, the events' schemas and examples, read from data.

`events/<type>.schema.json` describes the event's `data`; `events/<type>.example.json` is a whole
CloudEvent. A producer validates against the closed schema; a consumer reads tolerantly.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator, FormatChecker

FOLDER = Path(__file__).parent
FOR_EVER = -1


class ContratViole(ValueError):
    """A message that does not follow its contract. The text names the field, never its value."""


@dataclass(frozen=True)
class Topic:
    """One line of `topics.yaml`. `retention_ms` is -1: for ever; compacted keeps a key's last record."""

    name: str
    key: str
    writer: str
    readers: tuple[str, ...]
    types: tuple[str, ...]
    compacted: bool
    retention_ms: int
    partitions: int


def _topics() -> dict[str, Topic]:
    table = yaml.safe_load((FOLDER / "topics.yaml").read_text(encoding="utf-8"))
    return {name: _topic(name, line, table["partitions"]) for name, line in table["topics"].items()}


def _topic(name: str, line: Mapping[str, Any], partitions: int) -> Topic:
    return Topic(
        name=name,
        key=line["key"],
        writer=line["writer"],
        readers=tuple(line["readers"]),
        types=tuple(line["types"]),
        compacted=line["retention"] == "compacted",
        retention_ms=FOR_EVER,
        partitions=partitions,
    )


TOPICS: Mapping[str, Topic] = _topics()
TYPES: tuple[str, ...] = tuple(type_ for topic in TOPICS.values() for type_ in topic.types)
DEAD_LETTER_RETENTION_DAYS: int = yaml.safe_load((FOLDER / "topics.yaml").read_text(encoding="utf-8"))[
    "dead_letter_retention_days"
]


def topic_of(type_: str) -> Topic:
    """The topic an event type is written to. Raises KeyError for an unknown type."""
    for topic in TOPICS.values():
        if type_ in topic.types:
            return topic
    raise KeyError(type_)


@cache
def schema(type_: str) -> dict[str, Any]:
    """The JSON Schema (2020-12, closed) of the event's `data`. Raises FileNotFoundError."""
    return _read(f"events/{type_}.schema.json")


@cache
def example(type_: str) -> dict[str, Any]:
    """A whole CloudEvent of this type. Raises FileNotFoundError."""
    return _read(f"events/{type_}.example.json")


def validate_produced(wire: Mapping[str, Any]) -> None:
    """Raises ContratViole unless `data` is exactly what the closed schema says."""
    _check(_validator(wire["type"], closed=True), wire)


def validate_consumed(wire: Mapping[str, Any]) -> None:
    """Raises ContratViole unless the needed fields are there and well formed; more fields are welcome."""
    _check(_validator(wire["type"], closed=False), wire)


@cache
def _validator(type_: str, *, closed: bool) -> Draft202012Validator:
    form = schema(type_)
    return Draft202012Validator(form if closed else opened(form), format_checker=FormatChecker())


def opened(form: Any) -> Any:
    """The same schema for a tolerant reader: unknown fields and unknown enum values pass."""
    if isinstance(form, dict):
        return {
            name: opened(part) for name, part in form.items() if name not in ("additionalProperties", "enum")
        }
    return [opened(part) for part in form] if isinstance(form, list) else form


def _check(validator: Draft202012Validator, wire: Mapping[str, Any]) -> None:
    error = next(iter(validator.iter_errors(wire["data"])), None)
    if error is not None:
        where = ".".join(str(part) for part in error.absolute_path) or "data"
        raise ContratViole(f"{wire['type']}: {where} ({error.validator})")


def _read(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return content
