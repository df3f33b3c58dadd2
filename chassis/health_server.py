"""The side port: `/live`, `/ready` and `/metrics`, apart from what people call."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from prometheus_client import make_wsgi_app

from chassis.heartbeat import loops_turn
from chassis.http.health import Check, readiness

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Probes are not news."""


@contextmanager
def serve_health(host: str, port: int | None, checks: Mapping[str, Check]) -> Iterator[None]:
    """Serves while the block runs; nothing when there is no port."""
    if port is None:
        yield
        return
    server = make_server(host, port, side_app(checks), _Server, _Silent)
    thread = Thread(target=server.serve_forever, name="intendance", daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


def side_app(checks: Mapping[str, Check]) -> Wsgi:
    numbers: Wsgi = make_wsgi_app()

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ.get("PATH_INFO")
        if path == "/metrics":
            return numbers(environ, start_response)
        if path == "/live":
            turns = loops_turn()
            status = "200 OK" if turns else "503 Service Unavailable"
            return _answer(start_response, status, {"etat": "vivant" if turns else "fige"})
        if path == "/ready":
            found = readiness(checks)
            status = "200 OK" if all(found.values()) else "503 Service Unavailable"
            return _answer(start_response, status, {"pret": all(found.values()), "dependances": found})
        return _answer(start_response, "404 Not Found", {})

    return application


def _answer(start_response: Callable[..., Any], status: str, body: dict[str, Any]) -> list[bytes]:
    start_response(status, [("Content-Type", "application/json"), ("Cache-Control", "no-store")])
    return [json.dumps(body).encode()]
