"""This service's own token (client credentials), renewed early and kept through Keycloak's outages."""

import threading
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import requests
import structlog

from chassis.clock import Clock, SystemClock
from chassis.config import Settings
from chassis.security.errors import ServiceInjoignable

log = structlog.get_logger()

TIMEOUT = (2.0, 5.0)
MARGIN = timedelta(seconds=10)
TRY_AGAIN_AFTER = timedelta(seconds=5)

Fetch = Callable[[str, Mapping[str, str]], Any]


class ServiceTokens:
    """`token()` is asked at two thirds of its life; while Keycloak is down the old one serves to its end."""

    def __init__(
        self,
        token_url: str,
        client_id: str,
        secret: Callable[[], str],
        clock: Clock | None = None,
        fetch: Fetch | None = None,
    ) -> None:
        self._url = token_url
        self._client_id = client_id
        self._secret = secret
        self._clock = clock or SystemClock()
        self._fetch = fetch or _post_form
        self._lock = threading.Lock()
        self._token: str | None = None
        self._renew = self._end = self._clock.now()

    def token(self) -> str:
        """A token that holds now. Raises ServiceInjoignable when there is none and Keycloak is silent."""
        with self._lock:
            now = self._clock.now()
            if self._token is None or now >= self._renew:
                self._ask(now)
            if self._token is None or now >= self._end:
                raise ServiceInjoignable("keycloak")
            return self._token

    def _ask(self, now: datetime) -> None:
        try:
            answer = self._fetch(self._url, self._form())
            life = timedelta(seconds=int(answer["expires_in"]))
            self._token = str(answer["access_token"])
            self._renew, self._end = now + life * 2 / 3, now + life - MARGIN
        except (requests.RequestException, ValueError, KeyError, TypeError) as error:
            self._renew = now + TRY_AGAIN_AFTER
            log.warning("jetons.compte_de_service.injoignable", erreur=type(error).__name__)

    def _form(self) -> dict[str, str]:
        return {
            "grant_type": "client_credentials",
            "client_id": self._client_id,
            "client_secret": self._secret(),
        }


def service_tokens(settings: Settings) -> ServiceTokens:
    """The tokens of this process's own service account."""
    return ServiceTokens(settings.token_url, settings.client_id, settings.client_secret)


def _post_form(url: str, form: Mapping[str, str]) -> Any:
    answer = requests.post(url, data=dict(form), timeout=TIMEOUT)
    answer.raise_for_status()
    return answer.json()
