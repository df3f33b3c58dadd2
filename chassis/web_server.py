"""gunicorn, started by the program itself: one worker, threads, and the background roles beside them."""

import os
import signal
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from typing import Any

import structlog
from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from chassis.config import Settings
from chassis.health_server import serve_health
from chassis.http.health import Check
from chassis.roles import Background, Role, Roles
from chassis.shutdown import STOPPING

log = structlog.get_logger()

GRACE_SECONDS = 15
WORKER_SILENCE_SECONDS = 60


class _OurLogger(Logger):  # type: ignore[misc]
    """gunicorn's words go through our JSON lines, and it writes no access log of its own."""

    def setup(self, cfg: Any) -> None:
        self.error_log.propagate = True

    def access(self, *_: Any) -> None:
        """Requests are logged by the app, without addresses."""


class WebServer(BaseApplication):  # type: ignore[misc]
    """One service's web process."""

    def __init__(self, roles: Roles, settings: Settings, background: Sequence[Role]) -> None:
        self._roles = roles
        self._settings = settings
        self._background = Background(background, self._stop_everything)
        self._side = ExitStack()
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options().items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self._roles.web()

    def _options(self) -> Mapping[str, Any]:
        return {
            "bind": f"{self._settings.hote}:{self._settings.port}",
            "workers": 1,
            "worker_class": "gthread",
            "threads": self._roles.threads,
            "timeout": WORKER_SILENCE_SECONDS,
            "graceful_timeout": GRACE_SECONDS,
            "keepalive": 15,
            "limit_request_line": 4094,
            "limit_request_fields": 60,
            "forwarded_allow_ips": "127.0.0.1",
            "logger_class": _OurLogger,
            "post_worker_init": self._begin,
            "worker_int": lambda _: STOPPING.set(),
            "worker_exit": self._end,
        }

    def _begin(self, worker: Any) -> None:
        _announce_stop(worker)
        checks: Mapping[str, Check] = self._roles.ready()
        self._side.enter_context(serve_health(self._settings.hote, self._settings.port_intendance, checks))
        self._background.start()

    def _end(self, _: Any, __: Any) -> None:
        self._background.stop()
        self._side.close()

    def _stop_everything(self) -> None:
        # A role that cannot run must not leave a process that looks well: the arbiter ends too.
        os.kill(os.getppid(), signal.SIGTERM)


def _announce_stop(worker: Any) -> None:
    """Streams end at once at SIGTERM, so that a clean stop never waits for them."""

    def stop(number: int, frame: Any) -> None:
        STOPPING.set()
        worker.handle_exit(number, frame)

    signal.signal(signal.SIGTERM, stop)


def serve(roles: Roles, background: Sequence[Role]) -> int:
    """Serves until SIGTERM or SIGINT."""
    try:
        WebServer(roles, roles.settings(), background).run()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    return 0
