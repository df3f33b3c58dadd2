"""`./iprof test`: the checks of the code, then every test."""

import subprocess
import sys
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path

from deploy.local.instance import ROOT

BIN = Path(sys.executable).parent
NO_SERVER = ("-m", "not serveur and not e2e and not conteneurs")
TYPED = ("chassis", "contracts", "deploy")
TYPED_ROOMS = ("domain", "application")


def checks() -> list[tuple[str, list[str]]]:
    """Each check's name and words. Templates are only held to rules the project has chosen."""
    found = [
        ("ruff", ["ruff", "check", "."]),
        ("ruff format", ["ruff", "format", "--check", "."]),
        ("mypy", ["mypy", *_typed()]),
        ("import-linter", ["lint-imports"]),
    ]
    if "djlint" in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]:
        found.append(("djlint", ["djlint", "--lint", "--quiet", *_templates()]))
    return found


def run_all(quick: bool, words: Sequence[str], tell: Callable[[str], None]) -> int:
    """Runs everything even after a failure, so that one run tells all; pytest has the last word."""
    failed = [name for name, command in checks() if not _passes(name, command, tell)]
    if failed:
        tell(f"Vérifications en échec : {', '.join(failed)}")
    return _pytest(quick, words, tell) or int(bool(failed))


def _passes(name: str, command: list[str], tell: Callable[[str], None]) -> bool:
    tell(name)
    return subprocess.run([str(BIN / command[0]), *command[1:]], cwd=ROOT, check=False).returncode == 0


def _pytest(quick: bool, words: Sequence[str], tell: Callable[[str], None]) -> int:
    tell("pytest")
    command = [sys.executable, "-m", "pytest", *(NO_SERVER if quick else ()), *words]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def _typed() -> list[str]:
    rooms = [path for room in TYPED_ROOMS for path in sorted(ROOT.glob(f"services/*/src/*/{room}"))]
    return [*TYPED, *(str(path.relative_to(ROOT)) for path in rooms)]


def _templates() -> list[str]:
    return [str(path.relative_to(ROOT)) for path in sorted(ROOT.glob("services/*/src/*/templates"))]
