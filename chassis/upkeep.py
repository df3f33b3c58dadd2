"""Upkeep that runs once and exits, for whoever schedules it from outside (a Job, a CronJob, a cron line)."""

from collections.abc import Callable, Sequence
from typing import Protocol

import structlog

log = structlog.get_logger()


class Sweeping(Protocol):
    def step(self) -> int: ...


def index_job(prepare: Callable[[], None]) -> Callable[[Sequence[str]], int]:
    """`python -m <service> index`: makes the indexes; repeatable, as every role also does when it starts."""

    def run(_: Sequence[str]) -> int:
        prepare()
        log.info("index.prets")
        return 0

    return run


def sweep_job(sweeper: Callable[[], Sweeping]) -> Callable[[Sequence[str]], int]:
    """`python -m <service> balayer`: passes over the files nobody names until a pass moves nothing."""

    def run(_: Sequence[str]) -> int:
        sweeping, moved = sweeper(), 0
        while step := sweeping.step():
            moved += step
        log.info("fichiers.balayes", nombre=moved)
        return 0

    return run
