"""`python -m <service> <role>`: one image, many roles; `tout` plays them all in one process."""

import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import Any

import structlog
from flask import Flask

from chassis import metrics
from chassis.config import Settings
from chassis.errors import Indisponible, Transitoire
from chassis.health_server import serve_health
from chassis.heartbeat import Beating
from chassis.http.health import Check
from chassis.http.openapi import openapi_yaml
from chassis.logging import configure_logging, log_failure

log = structlog.get_logger()

Run = Callable[[Event], None]
QUICK_FAILURES = 5
BACK_OFF_SECONDS = (1.0, 2.0, 5.0, 10.0, 20.0)
USAGE_ERROR = 64


@dataclass(frozen=True)
class Role:
    """A background role: works until `stop` is set. `dans_tout` is False for one that only runs alone."""

    name: str
    run: Run
    dans_tout: bool = True


@dataclass(frozen=True)
class Job:
    """Runs once with the arguments after its name and exits with the code it returns."""

    name: str
    run: Callable[[Sequence[str]], int]


def _no_checks() -> Mapping[str, Check]:
    return {}


@dataclass(frozen=True)
class Roles:
    """Everything `python -m <service>` can do. Nothing is built before its role starts.

    `web` builds the Flask app; `documentation` builds it without any environment, for OpenAPI;
    `ready` says what background roles need, for their side port; `threads` serve requests.
    """

    service: str
    settings: Callable[[], Settings]
    web: Callable[[], Flask]
    background: Sequence[Role] = ()
    jobs: Sequence[Job] = ()
    documentation: Callable[[], Flask] | None = None
    ready: Callable[[], Mapping[str, Check]] = field(default=_no_checks)
    threads: int = 16

    def names(self) -> list[str]:
        documented = ["openapi"] if self.documentation else []
        return ["web", "tout", *documented, *(r.name for r in self.background), *(j.name for j in self.jobs)]


def main(roles: Roles, arguments: Sequence[str] | None = None) -> int:
    """The exit code of the role named by the first argument."""
    name, *rest = arguments if arguments is not None else sys.argv[1:] or [""]
    if name not in roles.names():
        sys.stderr.write(f"usage: python -m {roles.service} {{{'|'.join(roles.names())}}}\n")
        return USAGE_ERROR
    if name == "openapi" and roles.documentation:
        sys.stdout.write(openapi_yaml(roles.documentation()))
        return 0
    configure_logging(roles.service)
    return _start(roles, name, rest)


def _start(roles: Roles, name: str, rest: Sequence[str]) -> int:
    for job in roles.jobs:
        if job.name == name:
            return job.run(rest)
    for role in roles.background:
        if role.name == name:
            return run_alone(role, roles.settings(), roles.ready())
    return _serve(roles, everything=name == "tout")


def _serve(roles: Roles, *, everything: bool) -> int:
    # Imported here: gunicorn is not needed (nor light) for a job or a consumer.
    from chassis.web_server import serve

    return serve(roles, [role for role in roles.background if everything and role.dans_tout])


def run_alone(role: Role, settings: Settings, checks: Mapping[str, Check]) -> int:
    """One background role in the main thread, with its side port, until SIGTERM."""
    stop = Beating()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with serve_health(settings.hote, settings.port_intendance, checks):
        log.info("role.demarre", role=role.name)
        survived = keep_running(role, stop)
        log.info("role.arrete", role=role.name)
    return 0 if survived else 1


def keep_running(role: Role, stop: Event) -> bool:
    """Runs the role again when it falls, more and more slowly; False when it keeps falling at once."""
    failures = 0
    while not stop.is_set():
        try:
            role.run(stop)
            return True
        except (Indisponible, Transitoire) as error:
            log.warning("role.dependance_muette", role=role.name, erreur=type(error).__name__)
            failures = min(failures + 1, QUICK_FAILURES - 1)
        except Exception as error:
            log_failure(log, "role.tombe", error, role=role.name)
            failures += 1
        if failures >= QUICK_FAILURES:
            return False
        metrics.ROLE_RESTARTS.labels(role.name).inc()
        stop.wait(BACK_OFF_SECONDS[failures - 1])
    return True


class Background:
    """Roles as threads of a process that also serves."""

    def __init__(self, roles: Sequence[Role], give_up: Callable[[], Any]) -> None:
        self._stop = Beating()
        self._give_up = give_up
        self._threads = [Thread(target=self._run, args=(role,), name=role.name) for role in roles]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self, timeout: float = 20.0) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(timeout)

    def _run(self, role: Role) -> None:
        log.info("role.demarre", role=role.name)
        if not keep_running(role, self._stop):
            log.error("role.abandonne", role=role.name)
            self._give_up()
