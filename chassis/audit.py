"""The audit chain: each entry's fingerprint covers the one before it."""

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import rfc8785

GENESIS = ""


def fingerprint(key: bytes, previous: str, entry: Mapping[str, Any]) -> str:
    """HMAC-SHA256 (hex) of the previous fingerprint and the entry's canonical JSON (RFC 8785)."""
    return hmac.new(key, previous.encode() + canonical(entry), hashlib.sha256).hexdigest()


def value_digest(key: bytes, event_id: str, path: str, value: Any) -> str:
    """Keyed digest of one value: proves what it was without keeping it."""
    return hmac.new(key, f"{event_id}|{path}|".encode() + canonical(value), hashlib.sha256).hexdigest()


def canonical(value: Any) -> bytes:
    return rfc8785.dumps(_plain(value))


def first_break(key: bytes, entries: Iterable[Mapping[str, Any]]) -> int | None:
    """The seq of the first entry whose fingerprint does not follow from the one before; None when whole.

    `entries` are the audit entries of one aggregate in order of seq, each with its `empreinte`.
    """
    previous = GENESIS
    for entry in entries:
        body = {name: value for name, value in entry.items() if name != "empreinte"}
        if not hmac.compare_digest(fingerprint(key, previous, body), entry["empreinte"]):
            return int(entry["seq"])
        previous = entry["empreinte"]
    return None


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds")
    if isinstance(value, Mapping):
        return {str(name): _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value
