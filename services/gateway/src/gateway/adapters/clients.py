"""The other services, called with the patience of somebody who waits for a page."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import requests

from chassis.clock import Clock
from chassis.security.client import ServiceClient, Token, service_client
from chassis.security.errors import ServiceInjoignable

READ_TIMEOUT = (1.0, 4.0)
LEFT_ALONE = timedelta(seconds=8)
ASKING = "/interne/"


@dataclass
class Silence:
    """Until when a service that did not answer is not asked to read anything again."""

    until: datetime | None = None


@dataclass(frozen=True)
class PageClient(ServiceClient):
    """A ServiceClient that gives up early on reading, and at once while the service is known to be silent.

    Commands are always tried: they are worth the wait, and carry their own key.
    """

    clock: Clock = field(kw_only=True)
    silence: Silence = field(default_factory=Silence, kw_only=True)

    def for_token(self, token: str) -> "PageClient":
        return replace(self, token=lambda: token)

    def call(
        self,
        method: str,
        path: str,
        *,
        key: str | None = None,
        rev: int | None = None,
        headers: Mapping[str, str] | None = None,
        **options: Any,
    ) -> requests.Response:
        if method == "GET" or path.startswith(ASKING):
            self._refuse_in_silence()
            options.setdefault("timeout", READ_TIMEOUT)
        try:
            return super().call(method, path, key=key, rev=rev, headers=headers, **options)
        except ServiceInjoignable:
            self.silence.until = self.clock.now() + LEFT_ALONE
            raise

    def _refuse_in_silence(self) -> None:
        if self.silence.until is not None and self.clock.now() < self.silence.until:
            raise ServiceInjoignable(self.name)


def page_client(name: str, base_url: str, token: Token, clock: Clock) -> PageClient:
    plain = service_client(name, base_url, token)
    return PageClient(name, base_url, token, plain.session, clock=clock)
