"""`logs` shows one log or all of them."""

from pathlib import Path

import pytest

from deploy.local.journaux import show
from deploy.local.processus import Panne


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    (tmp_path / "dossier.log").write_text("un\ndeux\n")
    (tmp_path / "kafka.log").write_text("trois\n")
    return tmp_path


def test_one_log_is_shown_as_it_is(logs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    show(logs, "dossier", follow=False)
    assert capsys.readouterr().out == "un\ndeux\n"


def test_all_logs_are_told_apart(logs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    show(logs, None, follow=False)
    assert capsys.readouterr().out.splitlines() == ["dossier    un", "dossier    deux", "kafka      trois"]


def test_an_unknown_log_is_answered_by_the_known_ones(logs: Path) -> None:
    with pytest.raises(Panne, match="dossier, kafka"):
        show(logs, "dosier", follow=False)


def test_a_log_longer_than_the_tail_begins_late(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "cv.log").write_text("".join(f"{number}\n" for number in range(1000)))
    show(tmp_path, "cv", follow=False)
    assert capsys.readouterr().out.splitlines()[0] == "800"
