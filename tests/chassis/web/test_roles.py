"""Real processes of the smallest service."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests

from chassis.errors import Transitoire
from chassis.roles import Role, keep_running

ROOT = Path(__file__).parents[3]
SERVICE = Path(__file__).with_name("essai_service.py")

Start = Callable[..., subprocess.Popen[str]]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def ports() -> tuple[int, int]:
    return free_port(), free_port()


@pytest.fixture
def start(tmp_path: Path, ports: tuple[int, int]) -> Iterator[Start]:
    started: list[subprocess.Popen[str]] = []
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "MONGO_URL": "mongodb://127.0.0.1:1",
        "KEYCLOAK_URL": "http://127.0.0.1:1",
        "PORT": str(ports[0]),
        "PORT_INTENDANCE": str(ports[1]),
    }

    def run(*arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, str(SERVICE), *arguments, str(tmp_path)]
        process = subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        started.append(process)
        return process

    yield run
    for process in started:
        if process.poll() is None:
            process.kill()
            process.wait()


def wait_until(answers: Callable[[], bool], seconds: float = 20) -> None:
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        try:
            if answers():
                return
        except requests.ConnectionError:
            pass
        time.sleep(0.05)
    pytest.fail("never happened")


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    process.send_signal(signal.SIGTERM)
    out, _ = process.communicate(timeout=20)
    return process.returncode, out


def test_tout_serves_and_plays_background_roles_until_told_to_stop(
    start: Start, ports: tuple[int, int], tmp_path: Path
) -> None:
    process = start("tout")
    wait_until(lambda: requests.get(f"http://127.0.0.1:{ports[0]}/ready", timeout=2).ok)
    wait_until((tmp_path / "commence").exists)
    metrics = requests.get(f"http://127.0.0.1:{ports[1]}/metrics", timeout=2).text
    assert "iprof_http_requests_total" in metrics
    code, out = ended(process)
    assert code == 0, out
    assert (tmp_path / "fini").exists()
    for line in out.splitlines():
        assert json.loads(line)["service"] == "essai"


def test_open_streams_do_not_hold_back_a_clean_stop(start: Start, ports: tuple[int, int]) -> None:
    process = start("tout")
    wait_until(lambda: requests.get(f"http://127.0.0.1:{ports[0]}/live", timeout=2).ok)
    stream = requests.get(f"http://127.0.0.1:{ports[0]}/direct", stream=True, timeout=5)
    assert next(stream.iter_lines()) == b"data: ouvert"
    began = time.monotonic()
    code, out = ended(process)
    assert code == 0, out
    assert time.monotonic() - began < 5


def test_web_plays_no_background_role(start: Start, ports: tuple[int, int], tmp_path: Path) -> None:
    process = start("web")
    wait_until(lambda: requests.get(f"http://127.0.0.1:{ports[0]}/live", timeout=2).ok)
    assert ended(process)[0] == 0
    assert not (tmp_path / "commence").exists()


def test_a_background_role_alone_shows_its_health_and_stops_cleanly(
    start: Start, ports: tuple[int, int], tmp_path: Path
) -> None:
    process = start("battement")
    wait_until(lambda: requests.get(f"http://127.0.0.1:{ports[1]}/ready", timeout=2).ok)
    wait_until((tmp_path / "commence").exists)
    assert ended(process)[0] == 0
    assert (tmp_path / "fini").exists()


def test_a_job_exits_with_its_own_code(start: Start) -> None:
    assert start("importer").wait(timeout=20) == 2


def test_an_unknown_role_is_told_the_known_ones(start: Start) -> None:
    out, _ = (process := start("danser")).communicate(timeout=20)
    assert process.returncode == 64
    assert "web|tout|openapi|battement|chute|importer" in out


def test_openapi_is_printed(start: Start) -> None:
    out, _ = start("openapi").communicate(timeout=20)
    assert out.startswith("components:")


class ShortWaits:
    """A stop event whose waits are over at once."""

    def __init__(self) -> None:
        self.waits: list[float] = []

    def is_set(self) -> bool:
        return False

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)


def test_a_role_that_keeps_falling_is_given_up_so_that_the_process_stops_loudly() -> None:
    stop = ShortWaits()

    def fall(_: object) -> None:
        raise ValueError

    assert keep_running(Role("chute", fall), stop) is False  # type: ignore[arg-type]
    assert stop.waits == [1.0, 2.0, 5.0, 10.0]


def test_a_role_waits_as_long_as_it_takes_for_a_dependency() -> None:
    stop, answers = ShortWaits(), iter([Transitoire] * 50)

    def wait_for_it(_: object) -> None:
        if error := next(answers, None):
            raise error

    assert keep_running(Role("attente", wait_for_it), stop) is True  # type: ignore[arg-type]
    assert len(stop.waits) == 50
