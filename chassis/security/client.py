"""Calling another service over HTTP, and reading its refusals as our own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import requests
import structlog

from chassis import metrics
from chassis.errors import (
    CleReutilisee,
    Conflit,
    DonneesInvalides,
    ErreurApplicative,
    ErreurDeChamp,
    EtatPerime,
    Interdit,
    Introuvable,
)
from chassis.files.port import PieceTropLourde
from chassis.security.errors import (
    NonAuthentifie,
    RequeteMalFormee,
    ServiceInjoignable,
    TropDeDemandes,
)
from chassis.tracing import HEADER, current_traceparent

CORRELATION = "X-Correlation-Id"
CONNECT_SECONDS, READ_SECONDS = 2.0, 10.0
UNREACHABLE = (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError)

Token = Callable[[], str]


@dataclass(frozen=True)
class ServiceClient:
    """One other service. `token` gives the bearer of each call: a service account's or the person's.

    Every method raises ServiceInjoignable when the service does not answer or fails (5xx), and the
    chassis error of a refusal: Introuvable, Interdit, Conflit, EtatPerime (`agregat` is the present
    item), DonneesInvalides, CleReutilisee, PieceTropLourde, NonAuthentifie, TropDeDemandes, RequeteMalFormee.
    """

    name: str
    base_url: str
    token: Token
    session: requests.Session
    timeout: tuple[float, float] = (CONNECT_SECONDS, READ_SECONDS)

    def for_token(self, token: str) -> "ServiceClient":
        """The same service, called on behalf of whom this token stands for."""
        return ServiceClient(self.name, self.base_url, lambda: token, self.session, self.timeout)

    def get(self, path: str, params: Mapping[str, Any] | None = None, **options: Any) -> requests.Response:
        return self.call("GET", path, params=params, **options)

    def post(self, path: str, json: Any = None, **options: Any) -> requests.Response:
        return self.call("POST", path, json=json if json is not None else {}, **options)

    def put(self, path: str, json: Any, **options: Any) -> requests.Response:
        return self.call("PUT", path, json=json, **options)

    def delete(self, path: str, **options: Any) -> requests.Response:
        return self.call("DELETE", path, **options)

    def upload(
        self, path: str, fichier: tuple[str, Any, str], champs: Mapping[str, str]
    ) -> requests.Response:
        """Sends `(name, stream, content type)` as the multipart field `fichier`."""
        return self.call("POST", path, files={"fichier": fichier}, data=dict(champs), timeout=(2.0, 60.0))

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
        """One call. `key` becomes `Idempotency-Key`, `rev` becomes `If-Match`.

        A connection that breaks is tried twice where that is safe; a long silence is not waited for again.
        """
        sent = {**self._headers(), **_command_headers(key, rev), **(headers or {})}
        options.setdefault("timeout", self.timeout)
        answer = self._send(method, path, sent, options)
        metrics.SERVICE_CALLS.labels(self.name, answer.status_code).inc()
        if answer.status_code >= 400:
            raise refusal(self.name, answer)
        return answer

    def _send(
        self, method: str, path: str, headers: Mapping[str, str], options: Mapping[str, Any]
    ) -> requests.Response:
        tries = 2 if method == "GET" or "Idempotency-Key" in headers else 1
        for left in reversed(range(tries)):
            try:
                return self.session.request(
                    method, self.base_url.rstrip("/") + path, headers=headers, **options
                )
            except UNREACHABLE as failure:
                metrics.SERVICE_CALLS.labels(self.name, "injoignable").inc()
                if not left or isinstance(failure, requests.ReadTimeout):
                    raise ServiceInjoignable(self.name) from None
        raise ServiceInjoignable(self.name)

    def _headers(self) -> dict[str, str]:
        known = {
            "Authorization": f"Bearer {self.token()}",
            CORRELATION: structlog.contextvars.get_contextvars().get("correlation"),
            HEADER: current_traceparent(),
        }
        return {name: value for name, value in known.items() if value}


def service_client(name: str, base_url: str, token: Token) -> ServiceClient:
    """A client with its own connection pool; safe to share between threads."""
    session = requests.Session()
    adapter = requests.adapters.HTTPAdapter(pool_connections=4, pool_maxsize=32)
    session.mount("http://", adapter)
    session.mount("https://", adapter)
    session.trust_env = False
    return ServiceClient(name, base_url, token, session)


def refusal(service: str, answer: requests.Response) -> ErreurApplicative:
    """The error a problem+json stands for."""
    problem = _problem(answer)
    detail = problem.get("detail") or "La demande n’a pas pu être traitée."
    code = str(problem.get("type", "")).rpartition(":")[2]
    if answer.status_code == 412:
        return _stale(detail, answer, problem)
    if answer.status_code == 422 and code != CleReutilisee.code:
        return DonneesInvalides(_fields(problem), detail)
    if answer.status_code == 401:
        return NonAuthentifie(f"refusé par {service}")
    if answer.status_code == 413:
        return PieceTropLourde()
    kind = BY_STATUS.get(answer.status_code)
    return kind(detail) if kind is not None else ServiceInjoignable(service)


BY_STATUS: Mapping[int, type[ErreurApplicative]] = {
    400: RequeteMalFormee,
    403: Interdit,
    404: Introuvable,
    409: Conflit,
    422: CleReutilisee,
    429: TropDeDemandes,
}


def _stale(detail: str, answer: requests.Response, problem: Mapping[str, Any]) -> EtatPerime:
    item = problem.get("item") or {}
    return EtatPerime(detail, item, str(item.get("id", "")), int(problem.get("rev") or 0))


def _fields(problem: Mapping[str, Any]) -> list[ErreurDeChamp]:
    return [
        ErreurDeChamp(str(e.get("champ", "")), str(e.get("message", "")))
        for e in problem.get("erreurs") or ()
        if isinstance(e, Mapping)
    ]


def _problem(answer: requests.Response) -> Mapping[str, Any]:
    try:
        body = answer.json()
    except ValueError:
        return {}
    return body if isinstance(body, Mapping) else {}


def _command_headers(key: str | None, rev: int | None) -> dict[str, str]:
    given = {"Idempotency-Key": key, "If-Match": None if rev is None else f'"{rev}"'}
    return {name: value for name, value in given.items() if value is not None}
