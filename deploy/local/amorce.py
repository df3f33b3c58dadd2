"""From a bare Python to the project's own environment, then hands over to the real command.

Standard library only: nothing is installed yet when this runs.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from deploy.local import machine

MARK = ".iprof-verrous"


def main(root: Path, words: list[str]) -> NoReturn:
    """Prepares what the command line needs, then becomes `deploy.local.commande` in the environment."""
    provide(root, words)
    python = str(root / ".venv" / "bin" / "python")
    os.execv(python, [python, "-m", "deploy.local.commande", *words])  # noqa: S606


def provide(root: Path, words: list[str]) -> None:
    """The machine's packages and the environment, at the same time when both are missing."""
    lacking = machine.missing(machine.needs_of(words, os.environ))
    installation = _install(root, lacking) if lacking else None
    if installation is not None and machine.VENV in lacking:
        _finish(root, installation)
        installation = None
    prepare_environment(root, _lock(root, words))
    if installation is not None:
        _finish(root, installation)


def _install(root: Path, lacking: list[machine.Besoin]) -> "subprocess.Popen[bytes]":
    names = ", ".join(need.name for need in lacking)
    if not machine.may_install():
        sys.exit(f"Il manque : {names}. Commande : {machine.remedy_text(lacking)}")
    say(f"Il manque : {names}. Installation par « {' '.join(machine.remedy(lacking) or [])} »…")
    return machine.start_installation(lacking, _log(root))


def _finish(root: Path, installation: "subprocess.Popen[bytes]") -> None:
    if installation.wait():
        sys.exit(f"L'installation a échoué ; le détail est dans {_log(root)}")


def _log(root: Path) -> Path:
    return Path(os.environ.get("IPROF_VAR", root / ".iprof")) / "journaux" / "installation.log"


def _lock(root: Path, words: list[str]) -> Path:
    return root / "requirements" / ("dev.lock" if "test" in words[:1] else "run.lock")


def prepare_environment(root: Path, lock: Path) -> None:
    """Makes or completes `.venv` so that it holds what the lock names, each with its hash."""
    folder = root / ".venv"
    folder.mkdir(exist_ok=True)
    with _alone(folder):
        if not _holds(folder, lock):
            _fill(folder, lock)
        _show_sources(root, folder)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with (folder / ".verrou").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _fill(folder: Path, lock: Path) -> None:
    if not (folder / "bin" / "python").exists():
        say("Création de l'environnement Python…")
        venv.create(folder, with_pip=True, symlinks=True, clear=True)
    python = str(folder / "bin" / "python")
    if not _sites(folder, "pip"):
        subprocess.run([python, "-m", "ensurepip"], check=True, stdout=subprocess.DEVNULL)
    say(f"Installation des bibliothèques de {lock.name}…")
    words = [python, "-m", "pip", "install", "-q", "--no-input"]
    if subprocess.run([*words, "--require-hashes", "-r", str(lock)], check=False).returncode:
        sys.exit("Les bibliothèques n'ont pas pu être installées : voir ci-dessus.")
    marks = {line for line in _marks(folder) if not line.startswith(lock.name)}
    (folder / MARK).write_text("\n".join(sorted(marks | {_mark(lock)})) + "\n", encoding="utf-8")


def _holds(folder: Path, lock: Path) -> bool:
    """The locks are cut from the same cloth: dev.lock holds all of run.lock."""
    whole = lock.parent / "dev.lock"
    return (folder / "bin" / "python").exists() and bool({_mark(lock), _mark(whole)} & _marks(folder))


def _mark(lock: Path) -> str:
    return f"{lock.name} {hashlib.sha256(lock.read_bytes()).hexdigest()}"


def _marks(folder: Path) -> set[str]:
    mark = folder / MARK
    return set(mark.read_text(encoding="utf-8").splitlines()) if mark.exists() else set()


def _show_sources(root: Path, folder: Path) -> None:
    """A .pth file puts the root and each service's sources on the environment's path."""
    sources = [root, *sorted(root.glob("services/*/src"))]
    text = "".join(f"{source}\n" for source in sources)
    for site in _sites(folder):
        path = site / "iprof.pth"
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def _sites(folder: Path, package: str = "") -> list[Path]:
    """The environment's package folder, if `package` is in it."""
    return [site for site in folder.glob("lib/python3*/site-packages") if (site / package).exists()]


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
