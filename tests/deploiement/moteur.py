"""A container engine for the tests: the one that answers, else Debian's, started for the run and put away."""

import fcntl
import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import gettempdir, mkdtemp

import pytest

PACKAGES = ("docker.io", "docker-compose", "mmdebstrap", "iptables", "iproute2")
PROGRAMS = ("dockerd", "docker", "mmdebstrap", "iptables-save", "ip")
READY_SECONDS = 30
FORWARDING = Path("/proc/sys/net/ipv4/ip_forward")
TESTCONTAINERS = {
    "TESTCONTAINERS_RYUK_DISABLED": "true",
    "TESTCONTAINERS_CONNECTION_MODE": "docker_host",
    "TESTCONTAINERS_HOST_OVERRIDE": "127.0.0.1",
}


@contextmanager
def engine() -> Iterator[dict[str, str]]:
    """The environment of programs that use it. Skips, in one line, where none can be had."""
    if _answers(dict(os.environ)):
        yield {**os.environ, **TESTCONTAINERS}
        return
    _provide()
    with _one_at_a_time(), _network_put_back(), _daemon() as environment:
        yield {**environment, **TESTCONTAINERS}


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Two engines share one bridge and one set of rules: the second run waits for the first to end."""
    with (Path(gettempdir()) / "iprof-moteur.verrou").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _provide() -> None:
    if all(shutil.which(program) for program in PROGRAMS):
        return
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        pytest.skip("aucun moteur de conteneurs ne répond, et il ne peut pas être installé ici")
    install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *PACKAGES]
    ran = [
        subprocess.run(words, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, capture_output=True)
        for words in (["apt-get", "update", "-q"], install)
    ]
    if ran[-1].returncode:
        pytest.skip("aucun moteur de conteneurs ne répond, et celui de Debian ne s'installe pas")


@contextmanager
def _daemon() -> Iterator[dict[str, str]]:
    folder = Path(mkdtemp(prefix="iprof-moteur-"))
    environment = {**os.environ, "DOCKER_HOST": f"unix://{folder}/docker.sock"}
    words = ["dockerd", "--config-file", str(_configured(folder))]
    with (folder / "dockerd.log").open("wb") as log:
        process = subprocess.Popen(words, stdout=log, stderr=log)
    try:
        if not _comes_up(process, environment):
            said = (folder / "dockerd.log").read_text(errors="replace").strip().splitlines()
            pytest.skip(f"le moteur de conteneurs ne démarre pas ici : {said[-1] if said else 'sans un mot'}")
        yield environment
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(60)
        shutil.rmtree(folder, ignore_errors=True)


def _configured(folder: Path) -> Path:
    """Everything in one folder, published ports on the loopback only."""
    settings = {
        "storage-driver": "overlay2",
        "exec-opts": ["native.cgroupdriver=cgroupfs"],
        "ip": "127.0.0.1",
        "data-root": str(folder / "data"),
        "exec-root": str(folder / "exec"),
        "pidfile": str(folder / "pid"),
        "hosts": [f"unix://{folder}/docker.sock"],
    }
    path = folder / "daemon.json"
    path.write_text(json.dumps(settings), encoding="utf-8")
    return path


def _comes_up(process: "subprocess.Popen[bytes]", environment: dict[str, str]) -> bool:
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end and process.poll() is None:
        if _answers(environment):
            return True
        time.sleep(0.5)
    return False


def _answers(environment: dict[str, str]) -> bool:
    if shutil.which("docker") is None:
        return False
    words = ["docker", "version", "--format", "{{.Server.Version}}"]
    return subprocess.run(words, env=environment, capture_output=True, check=False).returncode == 0


@contextmanager
def _network_put_back() -> Iterator[None]:
    """The engine opens forwarding and adds rules; the machine gets its own back."""
    forwarding = FORWARDING.read_text()
    rules = subprocess.run(["iptables-save"], capture_output=True, check=True).stdout
    bridged = Path("/sys/class/net/docker0").exists()
    try:
        yield
    finally:
        _give_back(rules)
        FORWARDING.write_text(forwarding)
        if not bridged:
            subprocess.run(["ip", "link", "delete", "docker0"], capture_output=True, check=False)


def _give_back(rules: bytes) -> None:
    """A table that was empty is not named by iptables-save: it is emptied by hand first."""
    for table in ("nat", "filter"):
        for words in (["-F"], ["-X"]):
            subprocess.run(["iptables", "-t", table, *words], capture_output=True, check=False)
    subprocess.run(["iptables", "-P", "FORWARD", "ACCEPT"], capture_output=True, check=False)
    subprocess.run(["iptables-restore"], input=rules, capture_output=True, check=False)
