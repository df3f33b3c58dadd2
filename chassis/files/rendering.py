"""Page images of a file, made by a process that may crash or run away without harm."""

import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from chassis import metrics
from chassis.errors import Indisponible
from chassis.files import render
from chassis.files.port import PieceRefusee

TIMEOUT_SECONDS = 40
AT_ONCE = 2
WAIT_SECONDS = 15

BUSY = "Beaucoup de fichiers arrivent en même temps. Réessayez dans une minute."
REASONS: Mapping[str, str] = {
    "chiffre": "Ce PDF est protégé par un mot de passe. Enregistrez-le sans protection, puis joignez-le.",
    "illisible": "Ce fichier ne peut pas être ouvert. Vérifiez-le, ou numérisez-le de nouveau.",
    "trop_de_pages": f"Ce PDF a plus de {render.MAX_PAGES} pages. Gardez seulement les pages utiles.",
    "trop_grande": "Cette image est trop grande pour être affichée. Enregistrez-la en plus petit.",
    "trop_long": "Ce fichier est trop complexe pour être affiché. Numérisez-le de nouveau, en plus simple.",
}


class Renderer(Protocol):
    def render(self, path: Path, kind: str, folder: Path) -> list[Path]:
        """The PNG page images, in order, written in `folder`. Raises PieceRefusee or Indisponible."""
        ...


class SubprocessRenderer:
    """Runs `render.py` isolated, at most two at once in this process; the others wait, but not for long:
    heavy files must not hold every thread that serves."""

    def __init__(self, timeout: float = TIMEOUT_SECONDS, wait: float = WAIT_SECONDS) -> None:
        self._timeout = timeout
        self._wait = wait
        self._slots = threading.BoundedSemaphore(AT_ONCE)

    def render(self, path: Path, kind: str, folder: Path) -> list[Path]:
        with self._slot(), metrics.PIECE_RENDERING.time():
            code, said = self._run(path, kind, folder)
        if code == 0:
            return [folder / f"{n}.png" for n in range(1, int(said) + 1)]
        reason = said if code == 3 and said in REASONS else "trop_long" if code < 0 else "illisible"
        raise PieceRefusee(reason, REASONS[reason])

    @contextmanager
    def _slot(self) -> Iterator[None]:
        if not self._slots.acquire(timeout=self._wait):
            raise Indisponible(BUSY)
        try:
            yield
        finally:
            self._slots.release()

    def _run(self, path: Path, kind: str, folder: Path) -> tuple[int, str]:
        command = [sys.executable, "-I", str(Path(render.__file__)), str(path), kind, str(folder)]
        try:
            done = subprocess.run(
                command, env={}, capture_output=True, text=True, timeout=self._timeout, check=False
            )
        except subprocess.TimeoutExpired:
            return 3, "trop_long"
        return done.returncode, done.stdout
