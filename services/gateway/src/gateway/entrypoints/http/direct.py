"""`/direct`: tells an open page to look again. No data, only the word « actualiser »."""

from collections.abc import Callable, Iterator
from itertools import count

from flask import Blueprint, Response

from chassis.shutdown import STOPPING
from gateway.adapters.direct import Direct, Listener
from gateway.entrypoints.http.application import application
from gateway.entrypoints.http.gardes import GESTIONNAIRE, connecte, current_session
from gateway.entrypoints.http.moi import mes_portefeuilles, personne_id, role

blueprint = Blueprint("direct", __name__)

HEARTBEAT_SECONDS = 3.0
BEATS_BETWEEN_CHECKS = 5
STEP_SECONDS = 0.5
SIGNAL = "event: actualiser\ndata:\n\n"
HEARTBEAT = ": toujours là\n\n"
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


@blueprint.get("/direct")
@connecte()
def direct() -> Response | tuple[str, int, dict[str, str]]:
    hub, session = application().direct, current_session()
    listener = hub.join(_recipients())
    if listener is None or session.stored is None:
        return "", 503, {"Retry-After": "60"}
    still_open = _still_open(session.stored.empreinte)
    answer = Response(stream(hub, listener, still_open), mimetype="text/event-stream", headers=HEADERS)
    # A stream nobody began to read (HEAD, a browser already gone) never reaches its own end.
    answer.call_on_close(lambda: hub.leave(listener))
    return answer


def stream(hub: Direct, listener: Listener, still_open: Callable[[], bool]) -> Iterator[str]:
    """First « actualiser »: whatever was missed before this connection is looked up at once.

    A heartbeat is also how a page that was left is noticed: writing to it fails.
    """
    try:
        yield SIGNAL
        for beat in count(1):
            told = _told(listener)
            if STOPPING.is_set() or listener.over:
                return
            if beat % BEATS_BETWEEN_CHECKS == 0 and not still_open():
                return
            yield SIGNAL if told else HEARTBEAT
    finally:
        hub.leave(listener)


def _told(listener: Listener) -> bool:
    """Waits for news a heartbeat long, in steps short enough to end when the process does."""
    for _ in range(int(HEARTBEAT_SECONDS / STEP_SECONDS)):
        if listener.wait(STEP_SECONDS):
            return True
        if STOPPING.is_set():
            return False
    return False


def _still_open(empreinte: str) -> Callable[[], bool]:
    """A session that ended or ran out stops being told."""
    wired = application()

    def check() -> bool:
        session = wired.sessions.get(empreinte)
        return session is not None and session.active(wired.clock.now())

    return check


def _recipients() -> frozenset[str]:
    mine = mes_portefeuilles() if role() == GESTIONNAIRE else frozenset()
    return mine | {personne_id()}
