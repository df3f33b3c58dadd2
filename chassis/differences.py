"""What changed between two stored states, as MongoDB's `$set` and `$unset` want it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from chassis.aggregates import Document

ABSENT = object()


@dataclass(frozen=True)
class Difference:
    """One dotted path and its values; `ABSENT` where there is none."""

    path: str
    before: Any
    after: Any


def differences(before: Document, after: Document, prefix: str = "") -> Iterator[Difference]:
    """Walks both documents; lists are compared whole."""
    for name in sorted({*before, *after}):
        old, new, path = before.get(name, ABSENT), after.get(name, ABSENT), f"{prefix}{name}"
        if isinstance(old, dict) and isinstance(new, dict) and old:
            yield from differences(old, new, f"{path}.")
        elif old != new:
            yield Difference(path, old, new)
