"""Programs are started in a group of their own and leave nothing behind."""

import json
import os
import signal
import sys
import time
from pathlib import Path

from deploy.local.processus import Processus, Programme, began, wait_until

SLEEP = "import time; time.sleep(60)"
STUBBORN = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('pret', flush=True); {SLEEP}"
PARENT = (
    "import subprocess, sys; child = subprocess.Popen(['sleep', '60']); "
    f"print(child.pid, flush=True); {SLEEP}"
)


def python(text: str, folder: Path) -> Programme:
    return Programme("essai", [sys.executable, "-c", text], folder, {"IPROF_ESSAI": "oui"})


def first_line(process: Processus) -> str:
    assert wait_until(lambda: bool(process.last_words()), 10)
    return process.last_words().splitlines()[0]


def test_a_program_receives_its_variables_and_writes_to_its_log(tmp_path: Path) -> None:
    process = Processus(tmp_path, "essai")
    process.start(python("import os; print(os.environ['IPROF_ESSAI'])", tmp_path))
    assert first_line(process) == "oui"
    assert wait_until(lambda: process.exit_code == 0, 10)


def test_a_program_that_ignores_the_request_is_ended(tmp_path: Path) -> None:
    process = Processus(tmp_path, "essai")
    pid = process.start(python(STUBBORN, tmp_path))
    first_line(process)
    process.stop(delay=0.3)
    assert began(pid) is None


def test_the_children_of_a_program_end_with_it(tmp_path: Path) -> None:
    process = Processus(tmp_path, "essai")
    process.start(python(PARENT, tmp_path))
    child = int(first_line(process))
    process.stop()
    assert wait_until(lambda: began(child) is None, 5)


def test_another_object_finds_the_program_by_its_pid_file_and_stops_it(tmp_path: Path) -> None:
    first = Processus(tmp_path, "essai")
    pid = first.start(python(SLEEP, tmp_path))
    second = Processus(tmp_path, "essai")
    assert second.pid == pid
    second.ask_to_stop()
    assert wait_until(lambda: first.exit_code == -signal.SIGTERM, 5)
    second.stop()
    assert not list((tmp_path / "pids").iterdir())


def test_a_pid_that_was_given_to_another_program_is_left_alone(tmp_path: Path) -> None:
    note = tmp_path / "pids" / "essai.json"
    note.parent.mkdir()
    note.write_text(json.dumps({"pid": os.getpid(), "began": "un autre jour"}))
    process = Processus(tmp_path, "essai")
    assert process.pid is None
    process.stop()
    assert began(os.getpid()) is not None


def test_starting_again_replaces_what_an_earlier_run_left(tmp_path: Path) -> None:
    first = Processus(tmp_path, "essai")
    first.start(python(SLEEP, tmp_path))
    second = Processus(tmp_path, "essai")
    pid = second.start(python(SLEEP, tmp_path))
    assert wait_until(lambda: first.exit_code is not None, 5)
    assert second.pid == pid
    second.stop()


def test_a_zombie_counts_as_gone() -> None:
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    time.sleep(0.2)
    assert began(pid) is None
    os.waitpid(pid, 0)
