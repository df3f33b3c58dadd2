"""`logs`: what the programs write, one or all, and what comes next."""

import time
from pathlib import Path

import click

from deploy.local.processus import Panne

TAIL, ROUND = 200, 0.3


def show(folder: Path, name: str | None, follow: bool) -> None:
    """The last lines of each log; with `follow`, the new ones until Ctrl-C. Raises Panne."""
    files = _files(folder, name)
    places = {path: _show_tail(path, prefixed=name is None) for path in files}
    try:
        while follow:
            for path in _files(folder, name):
                places[path] = _show_new(path, places.get(path, 0), prefixed=name is None)
            time.sleep(ROUND)
    except KeyboardInterrupt:
        return


def _files(folder: Path, name: str | None) -> list[Path]:
    files = sorted(folder.glob("*.log" if name is None else f"{name}.log"))
    if not files:
        known = ", ".join(path.stem for path in sorted(folder.glob("*.log"))) or "aucun"
        raise Panne(f"Pas de journal « {name or 'tous'} ». Journaux présents : {known}.")
    return files


def _show_tail(path: Path, prefixed: bool) -> int:
    with path.open("rb") as stream:
        lines = stream.read().splitlines()
        _print(path, lines[-TAIL:], prefixed)
        return stream.tell()


def _show_new(path: Path, place: int, prefixed: bool) -> int:
    """Whole lines only: a line still being written waits for the next round."""
    with path.open("rb") as stream:
        stream.seek(place if place <= path.stat().st_size else 0)
        start, content = stream.tell(), stream.read()
    whole = content[: content.rfind(b"\n") + 1]
    _print(path, whole.splitlines(), prefixed)
    return start + len(whole)


def _print(path: Path, lines: list[bytes], prefixed: bool) -> None:
    for line in lines:
        text = line.decode(errors="replace")
        click.echo(f"{path.stem:<10} {text}" if prefixed else text)
