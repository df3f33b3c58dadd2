"""W3C trace context: the thread that links a click, its events and what they cause."""

import re
from contextvars import ContextVar

from chassis.ids import Ids, RandomIds

HEADER = "traceparent"
_FORM = re.compile(r"^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$")
_current: ContextVar[str | None] = ContextVar("traceparent", default=None)


def current_traceparent() -> str | None:
    """The trace this thread works for; None outside any."""
    return _current.get()


def follow(traceparent: str | None, ids: Ids | None = None) -> str:
    """Makes this thread work for the given trace, or for a new one when it is absent or malformed."""
    ids = ids or RandomIds()
    trace = traceparent.split("-")[1] if traceparent and _FORM.match(traceparent) else _hex(ids)
    present = f"00-{trace}-{_hex(ids)[16:]}-01"
    _current.set(present)
    return present


def _hex(ids: Ids) -> str:
    return ids.new().replace("-", "")
