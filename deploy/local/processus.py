"""Starts a program in a process group of its own, and stops that one only."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

STOP_DELAY = 10.0
POLL = 0.05


class Panne(RuntimeError):
    """A program of the stack did not do what was expected. The text is for the user."""


@dataclass(frozen=True)
class Programme:
    """What to run: its name, its words, where, with which variables on top of the inherited ones."""

    name: str
    words: Sequence[str]
    folder: Path
    environment: Mapping[str, str]

    def whole_environment(self) -> dict[str, str]:
        return {**os.environ, **self.environment}


class Processus:
    """One program of an instance. Its pid and its log are in the instance's data folder.

    The pid file also holds the moment the process began, so that a pid the system gave to somebody
    else meanwhile is never signalled.
    """

    def __init__(self, data: Path, name: str) -> None:
        self.name = name
        self.log = data / "journaux" / f"{name}.log"
        self._pid_file = data / "pids" / f"{name}.json"
        self._child: subprocess.Popen[bytes] | None = None

    def start(self, programme: Programme) -> int:
        """Starts it and returns its pid; a leftover of an earlier run is stopped first."""
        self.stop()
        for folder in (self.log.parent, self._pid_file.parent):
            folder.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self._child = subprocess.Popen(
                list(programme.words),
                cwd=programme.folder,
                env=programme.whole_environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        pid = self._child.pid
        self._pid_file.write_text(json.dumps({"pid": pid, "began": began(pid)}), encoding="utf-8")
        return pid

    @property
    def pid(self) -> int | None:
        """The pid while it lives."""
        if self._child is not None:
            return self._child.pid if self._child.poll() is None else None
        return self._recorded()

    @property
    def exit_code(self) -> int | None:
        """The exit code of a program started by this very object, once it ended."""
        return None if self._child is None else self._child.poll()

    def stop(self, delay: float = STOP_DELAY) -> None:
        """Asks its group to end, then ends it after `delay` seconds. Does nothing if it is not there."""
        self.ask_to_stop()
        self.make_sure_it_stopped(delay)

    def ask_to_stop(self) -> None:
        """SIGTERM to the leader alone: it knows in which order its own children must end."""
        pid = self.pid
        if pid is not None:
            os.kill(pid, signal.SIGTERM)

    def make_sure_it_stopped(self, delay: float = STOP_DELAY) -> None:
        group = self._child.pid if self._child is not None else self._recorded()
        if group is not None:
            wait_until(lambda: self.pid is None, delay)
            kill_group(group)
        if self._child is not None:
            self._child.wait()
        self._child = None
        self._pid_file.unlink(missing_ok=True)

    def last_words(self, lines: int = 15) -> str:
        """The end of its log, to show when it died."""
        if not self.log.exists():
            return ""
        return "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])

    def _recorded(self) -> int | None:
        try:
            note = json.loads(self._pid_file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        alive = began(note["pid"])
        return note["pid"] if alive is not None and alive == note["began"] else None


def kill_group(group: int) -> None:
    """Ends whatever is left of a process group this house started."""
    try:
        os.killpg(group, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def began(pid: int) -> str | None:
    """When a live process began, as the system writes it; None when it is gone (a zombie is gone)."""
    if not Path("/proc/self/stat").exists():
        return _began_by_ps(pid)
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] == "Z" else fields[19]


def _began_by_ps(pid: int) -> str | None:
    words = ["ps", "-o", "stat=,lstart=", "-p", str(pid)]
    found = subprocess.run(words, capture_output=True, text=True, check=False).stdout.split(maxsplit=1)
    return None if len(found) < 2 or found[0].startswith("Z") else found[1].strip()


def wait_until(condition: Callable[[], bool], seconds: float) -> bool:
    """Whether the condition came true in time."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(POLL)
    return True
