"""One whole I-Prof for the browser tests: started by the same command as a user's."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PORTS_OF_ONE_INSTANCE = 30


@dataclass(frozen=True)
class Instance:
    """A running system: its address, and how to talk to its command."""

    url: str
    environment: dict[str, str]

    def command(self, *arguments: str, check: bool = True) -> str:
        """Runs `./iprof …` on this instance and gives back what it printed."""
        done = subprocess.run(
            [sys.executable, str(ROOT / "iprof"), *arguments],
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=540,
        )
        assert not check or done.returncode == 0, f"{arguments}: {done.stdout}\n{done.stderr}"
        return done.stdout

    def accounts(self) -> list[dict[str, Any]]:
        accounts: list[dict[str, Any]] = json.loads(self.command("comptes", "--json"))
        return accounts

    def status(self) -> dict[str, Any]:
        status: dict[str, Any] = json.loads(self.command("status", "--json"))
        return status


def already_running() -> Instance | None:
    """The instance named by IPROF_E2E_PORT (and IPROF_VAR), for whoever writes these tests."""
    port = os.environ.get("IPROF_E2E_PORT")
    return Instance(f"http://127.0.0.1:{port}", {**os.environ, "IPROF_PORT": port}) if port else None


@contextmanager
def running(var: Path, *options: str) -> Iterator[Instance]:
    """Starts a system on free ports with its own data folder; leaves nothing behind."""
    port = free_port_range()
    environment = {**os.environ, "IPROF_VAR": str(var), "IPROF_PORT": str(port)}
    instance = Instance(f"http://127.0.0.1:{port}", environment)
    try:
        instance.command("up", "--detach", *options)
        yield instance
    finally:
        instance.command("down", check=False)


def free_port_range() -> int:
    """The first port of a range that is wholly free just now."""
    for start in range(18080, 28080, PORTS_OF_ONE_INSTANCE):
        if all(_is_free(port) for port in range(start, start + PORTS_OF_ONE_INSTANCE)):
            return start
    raise OSError("no free range of ports")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0
