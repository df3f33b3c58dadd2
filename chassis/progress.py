"""The progress bar of a job: how much is done, at what rate, time left."""

import sys
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

STRIDE = 100


class JobProgress:
    """Shows each step of a job on stderr; on anything but a terminal, only at the end."""

    def __init__(self) -> None:
        self._progress = Progress(
            TextColumn("{task.description:<14}"),
            BarColumn(),
            MofNCompleteColumn(),
            _Rate(),
            TimeRemainingColumn(),
            console=Console(file=sys.stderr),
            transient=False,
        )
        self._tasks: dict[str, TaskID] = {}
        self._shown = 0

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def avancer(self, etape: str, fait: int, total: int) -> None:
        """`etape` has `fait` lines done out of `total`; drawn again every hundred lines."""
        task = self._tasks.get(etape)
        if task is None:
            task = self._tasks[etape] = self._progress.add_task(etape, total=total)
            self._shown = 0
        if fait - self._shown >= STRIDE or fait >= total:
            self._progress.update(task, completed=fait)
            self._shown = fait

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()


class _Rate(ProgressColumn):
    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text(f"{speed:,.0f} lignes/s".replace(",", "\u202f") if speed else "")
