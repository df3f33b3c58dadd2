"""Keycloak's public keys, kept through its outages."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Protocol

import requests
import structlog
from joserfc.jwk import KeySet

from chassis.clock import Clock, SystemClock
from chassis.security.errors import ServiceInjoignable

log = structlog.get_logger()

REFRESH_AFTER = timedelta(minutes=10)
ASK_AGAIN_AFTER = timedelta(seconds=15)
TIMEOUT = (2.0, 5.0)


class KeySource(Protocol):
    """Gives the keys a token may be signed with."""

    def keys(self, kid: str | None) -> KeySet:
        """The known keys, asked for again when `kid` is not among them.

        Raises ServiceInjoignable when no key was ever obtained.
        """
        ...


class JwksCache:
    """Keys fetched over HTTP. An outage leaves the last known keys in use."""

    def __init__(
        self, url: str, clock: Clock | None = None, fetch: Callable[[str], Any] | None = None
    ) -> None:
        self._url = url
        self._clock = clock or SystemClock()
        self._fetch = fetch or fetch_json
        self._lock = threading.Lock()
        self._keys: KeySet | None = None
        self._fetched: datetime | None = None
        self._asked: datetime | None = None

    def keys(self, kid: str | None) -> KeySet:
        with self._lock:
            if self._should_ask(kid):
                self._ask()
            if self._keys is None:
                raise ServiceInjoignable("keycloak")
            return self._keys

    def _should_ask(self, kid: str | None) -> bool:
        now = self._clock.now()
        if self._asked is not None and now - self._asked < ASK_AGAIN_AFTER:
            return self._keys is None and now - self._asked >= timedelta(seconds=1)
        if self._keys is None or self._fetched is None:
            return True
        return not _has(self._keys, kid) or now - self._fetched > REFRESH_AFTER

    def _ask(self) -> None:
        self._asked = self._clock.now()
        try:
            self._keys = KeySet.import_key_set(self._fetch(self._url))
            self._fetched = self._asked
        except (requests.RequestException, ValueError, KeyError, TypeError) as error:
            log.warning("jetons.cles.injoignables", erreur=type(error).__name__)


def fetch_json(url: str) -> Any:
    """Raises requests.RequestException."""
    answer = requests.get(url, timeout=TIMEOUT)
    answer.raise_for_status()
    return answer.json()


def _has(keys: KeySet, kid: str | None) -> bool:
    return any(key.kid == kid for key in keys.keys)
