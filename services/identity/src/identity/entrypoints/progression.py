"""The progress bar of a loading: rate and time left."""

import sys
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TaskID, TextColumn
from rich.progress import TimeRemainingColumn as TempsRestant
from rich.text import Text

PAS = 100


class Progression:
    """`Suivi` on a terminal; on anything else, nothing until the end."""

    def __init__(self) -> None:
        self._progress = Progress(
            TextColumn("{task.description:<14}"),
            BarColumn(),
            MofNCompleteColumn(),
            _Debit(),
            TempsRestant(),
            console=Console(file=sys.stderr),
            transient=False,
        )
        self._taches: dict[str, TaskID] = {}
        self._montre = 0

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def avancer(self, etape: str, fait: int, total: int) -> None:
        tache = self._taches.get(etape)
        if tache is None:
            tache = self._taches[etape] = self._progress.add_task(etape, total=total)
            self._montre = 0
        if fait - self._montre >= PAS or fait >= total:
            self._progress.update(tache, completed=fait)
            self._montre = fait

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()


class _Debit(ProgressColumn):
    def render(self, task: Task) -> Text:
        vitesse = task.finished_speed or task.speed
        return Text(f"{vitesse:,.0f} lignes/s".replace(",", "\u202f") if vitesse else "")
