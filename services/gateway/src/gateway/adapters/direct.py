"""Signals handed to whoever listens in this process: one reader of the database for all of them."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from queue import Empty, Full, Queue
from threading import Event, Lock, Thread

import structlog
from pymongo.errors import PyMongoError

from chassis.clock import Clock
from gateway.adapters.signaux import MongoSignaux

log = structlog.get_logger()

LOOK_EVERY_SECONDS = 0.2
LOOK_AGAIN = timedelta(seconds=2)
WAITING_AT_MOST = 20
PAGES_OF_ONE_PERSON = 8


class Listener:
    """One open page: what it may be told about, and what it was not told yet."""

    def __init__(self, destinataires: frozenset[str]) -> None:
        self.destinataires = destinataires
        self.over = False
        self._waiting: Queue[None] = Queue(WAITING_AT_MOST)

    def tell(self) -> None:
        try:
            self._waiting.put_nowait(None)
        except Full:
            return

    def end(self) -> None:
        """Its place is needed: whoever streams to it stops at once."""
        self.over = True
        self.tell()

    def wait(self, seconds: float) -> bool:
        """True when something came; what piled up counts once."""
        try:
            self._waiting.get(timeout=seconds)
        except Empty:
            return False
        while not self._waiting.empty():
            self._waiting.get_nowait()
        return True


class Direct:
    """Reads `signaux` while somebody listens, several times a second."""

    def __init__(self, signaux: MongoSignaux, clock: Clock, most: int) -> None:
        self._signaux = signaux
        self._clock = clock
        self._most = most
        self._listeners: dict[Listener, None] = {}
        self._lock = Lock()
        self._reader: Thread | None = None
        self._seen: dict[str, None] = {}
        self._stop = Event()
        signaux.tell_at_once(self._hear)

    def join(self, destinataires: frozenset[str]) -> Listener | None:
        """None when there are too many already: the page polls instead.

        One person's newest pages are served: the oldest gives up its place. It is most often a page she
        left, whose connection has not been noticed closed yet.
        """
        with self._lock:
            hers = [each for each in self._listeners if each.destinataires == destinataires]
            if len(hers) >= PAGES_OF_ONE_PERSON:
                self._listeners.pop(hers[0])
                hers[0].end()
            if len(self._listeners) >= self._most:
                return None
            listener = Listener(destinataires)
            self._listeners[listener] = None
            if self._reader is None:
                self._reader = Thread(target=self._read, name="direct", daemon=True)
                self._reader.start()
            return listener

    def leave(self, listener: Listener) -> None:
        with self._lock:
            self._listeners.pop(listener, None)

    def _read(self) -> None:
        for _ in self._turns():
            try:
                self._dispatch()
            except PyMongoError as error:
                log.warning("direct.base_muette", erreur=type(error).__name__)
                self._stop.wait(2)

    def _turns(self) -> Iterator[None]:
        while not self._stop.wait(LOOK_EVERY_SECONDS):
            with self._lock:
                if not self._listeners:
                    self._reader = None
                    return
            yield

    def _dispatch(self) -> None:
        """The last seconds are read again each time: clocks of several processes may differ a little."""
        found = dict(self._signaux.since(self._clock.now() - LOOK_AGAIN))
        self._hear(found)
        with self._lock:
            self._seen = {id: None for id in self._seen if id in found}

    def _hear(self, told: Mapping[str, str]) -> None:
        """Wakes whoever is concerned, once per signal."""
        with self._lock:
            if not self._listeners:
                return
            fresh = {destinataire for id, destinataire in told.items() if id not in self._seen}
            self._seen |= dict.fromkeys(told)
            concerned = [each for each in self._listeners if fresh & each.destinataires]
        for listener in concerned:
            listener.tell()
