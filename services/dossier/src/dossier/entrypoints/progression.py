"""The progress bar of a loading: rate and time left."""

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn
from rich.progress import TimeRemainingColumn as TempsRestant
from rich.text import Text

T = TypeVar("T")


def suivre(etape: str, choses: Iterable[T], total: int) -> Iterator[T]:
    """The same things, one by one, with the bar on standard error."""
    colonnes = (
        TextColumn("{task.description:<14}"),
        BarColumn(),
        MofNCompleteColumn(),
        _Debit(),
        TempsRestant(),
    )
    with Progress(*colonnes, console=Console(file=sys.stderr)) as progression:
        tache = progression.add_task(etape, total=total)
        for chose in choses:
            yield chose
            progression.advance(tache)


class _Debit(ProgressColumn):
    def render(self, task: Task) -> Text:
        vitesse = task.finished_speed or task.speed
        return Text(f"{vitesse:.0f} par seconde" if vitesse else "")
