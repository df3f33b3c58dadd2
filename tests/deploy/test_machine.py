"""What a bare machine is told, and what is installed for it."""

from pathlib import Path

import pytest

from deploy.local import amorce, machine
from deploy.local.machine import CHROMIUM, GIT, JAVA, MAVEN, PANGO, VENV, Besoin, needs_of

ABSENT = Besoin("Chose", "essayer", lambda: False, {"apt-get": ("chose",), "dnf": ("chose-rh",)})


def test_a_command_that_only_reads_needs_nothing_but_the_environment() -> None:
    assert needs_of(["status", "--json"], {}) == [VENV]


def test_up_needs_java_and_maven_unless_both_servers_are_given() -> None:
    assert needs_of(["up", "--detach"], {}) == [VENV, JAVA, MAVEN, PANGO]
    given = {"IPROF_KAFKA_URL": "k:1", "IPROF_KEYCLOAK_URL": "http://kc"}
    assert needs_of(["up"], given) == [VENV, PANGO]


def test_the_quick_tests_need_neither_server_nor_browser() -> None:
    assert needs_of(["test", "--rapide"], {}) == [VENV, GIT]
    assert CHROMIUM in needs_of(["test"], {})


@pytest.mark.parametrize(
    ("manager", "command"),
    [
        ("apt-get", "sudo apt-get install -y --no-install-recommends chose"),
        ("dnf", "sudo dnf install -y chose-rh"),
    ],
)
def test_the_remedy_is_one_line_of_the_machines_own_manager(
    monkeypatch: pytest.MonkeyPatch, manager: str, command: str
) -> None:
    monkeypatch.setattr(machine, "package_manager", lambda: manager)
    assert machine.remedy_text([ABSENT]) == command


def test_who_is_not_root_is_told_the_command_and_nothing_is_installed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(machine, "package_manager", lambda: "apt-get")
    monkeypatch.setattr(machine.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(machine, "needs_of", lambda words, environment: [ABSENT])
    monkeypatch.setattr(machine, "start_installation", lambda *_: pytest.fail("installe sans droit"))
    with pytest.raises(SystemExit, match=r"Il manque : Chose\. Commande : sudo apt-get install"):
        amorce.provide(tmp_path, ["up"])


def test_the_environment_is_filled_once_per_lock(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    root = project(tmp_path)
    runs: list[list[str]] = []
    monkeypatch.setattr(amorce.subprocess, "run", lambda words, **_: runs.append(words) or Succeeded())
    amorce.prepare_environment(root, root / "requirements" / "run.lock")
    amorce.prepare_environment(root, root / "requirements" / "run.lock")
    assert [words[-2:] for words in runs] == [["-r", str(root / "requirements" / "run.lock")]]
    assert "--require-hashes" in runs[0]
    (root / "requirements" / "run.lock").write_text("b==2")
    amorce.prepare_environment(root, root / "requirements" / "run.lock")
    assert len(runs) == 2


def test_the_tests_environment_also_serves_to_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    root = project(tmp_path)
    runs: list[list[str]] = []
    monkeypatch.setattr(amorce.subprocess, "run", lambda words, **_: runs.append(words) or Succeeded())
    amorce.prepare_environment(root, root / "requirements" / "dev.lock")
    amorce.prepare_environment(root, root / "requirements" / "run.lock")
    assert len(runs) == 1


def test_an_environment_whose_python_went_away_is_made_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    root = project(tmp_path)
    made: list[Path] = []
    monkeypatch.setattr(amorce.subprocess, "run", lambda *_, **__: Succeeded())
    monkeypatch.setattr(amorce.venv, "create", lambda folder, **_: made.append(folder))
    amorce.prepare_environment(root, root / "requirements" / "run.lock")
    (root / ".venv/bin/python").unlink()
    amorce.prepare_environment(root, root / "requirements" / "run.lock")
    assert made == [root / ".venv"]


def test_every_service_is_on_the_environments_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    root = project(tmp_path)
    monkeypatch.setattr(amorce.subprocess, "run", lambda *_, **__: Succeeded())
    amorce.prepare_environment(root, root / "requirements" / "run.lock")
    text = (root / ".venv/lib/python3.11/site-packages/iprof.pth").read_text()
    assert text.splitlines() == [str(root), str(root / "services/dossier/src")]


class Succeeded:
    returncode = 0


def project(folder: Path) -> Path:
    """A project whose environment holds Python and pip already."""
    (folder / "requirements").mkdir()
    (folder / "requirements/run.lock").write_text("a==1")
    (folder / "requirements/dev.lock").write_text("a==1\nb==1")
    (folder / "services/dossier/src").mkdir(parents=True)
    (folder / ".venv/lib/python3.11/site-packages/pip").mkdir(parents=True)
    (folder / ".venv/bin").mkdir()
    (folder / ".venv/bin/python").touch()
    return folder
