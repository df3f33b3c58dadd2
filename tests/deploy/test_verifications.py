"""`./iprof test` tells everything in one run."""

import subprocess
from types import SimpleNamespace

import pytest

from deploy.local import verifications


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What was run; anything that names mypy fails."""
    done: list[list[str]] = []

    def run(words: list[str], **_: object) -> SimpleNamespace:
        done.append(words)
        return SimpleNamespace(returncode=int("mypy" in words[0]))

    monkeypatch.setattr(subprocess, "run", run)
    return done


def test_a_failed_check_does_not_hide_the_tests_and_fails_the_run(runs: list[list[str]]) -> None:
    said: list[str] = []
    assert verifications.run_all(False, (), said.append) == 1
    assert runs[-1][1:] == ["-m", "pytest"]
    assert said[-2:] == ["Vérifications en échec : mypy", "pytest"]


def test_the_quick_run_leaves_servers_and_browser_out(runs: list[list[str]]) -> None:
    verifications.run_all(True, ("-k", "dossier"), lambda _: None)
    assert runs[-1][1:] == [
        "-m",
        "pytest",
        "-m",
        "not serveur and not e2e and not conteneurs",
        "-k",
        "dossier",
    ]
