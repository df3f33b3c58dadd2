"""The `iprof` command, for real, on a bare folder."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from kafka.admin import KafkaAdminClient

from contracts import TOPICS
from deploy.local.instance import ROOT
from deploy.local.ports import Ports, free_ports
from deploy.local.processus import began, wait_until

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(400)]


@dataclass
class Command:
    """An installation of its own, spoken to through its words."""

    data: Path
    ports: Ports

    def __call__(self, *words: str) -> "subprocess.CompletedProcess[str]":
        environment = {**os.environ, "IPROF_VAR": str(self.data), "IPROF_PORT": str(self.ports.gateway)}
        command = [sys.executable, "-m", "deploy.local.commande", *words]
        return subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=300
        )

    def status(self) -> dict[str, dict[str, Any]]:
        return {line["nom"]: line for line in json.loads(self("status", "--json").stdout)["services"]}

    def pids(self) -> dict[str, int]:
        notes = (self.data / "pids").glob("*.json")
        return {note.stem: json.loads(note.read_text())["pid"] for note in notes}

    def supervisor(self) -> int:
        return int(json.loads((self.data / "superviseur.json").read_text())["pid"])


@pytest.fixture(scope="module")
def iprof(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Command]:
    command = Command(tmp_path_factory.mktemp("installation"), free_ports())
    up = command("up", "--detach", "--extrait", "aucun")
    assert up.returncode == 0, up.stdout + up.stderr
    yield command
    command("down")


def test_everything_is_ready_when_the_command_comes_back(iprof: Command) -> None:
    found = json.loads(iprof("status", "--json").stdout)
    assert found["url"] == iprof.ports.gateway_url
    assert {line["etat"] for line in found["services"]} == {"en_marche"}
    assert all(line["pret"] for line in found["services"])
    assert {line["via"] for line in found["services"]} == {"embarque", "processus"}


def test_a_second_up_says_so_and_starts_nothing(iprof: Command) -> None:
    before = iprof.pids()
    again = iprof("up")
    assert again.returncode == 0
    assert "déjà en marche" in again.stdout
    assert iprof.pids() == before


def test_every_topic_and_every_groups_dead_letters_are_there(iprof: Command) -> None:
    assert wait_until((iprof.data / "sujets.txt").exists, 60)
    admin = KafkaAdminClient(bootstrap_servers=f"127.0.0.1:{iprof.ports.kafka}")
    there = set(admin.list_topics())
    admin.close()
    assert set(TOPICS) <= there
    assert "gateway.rattachements.v1.dlq" in there


def test_resetting_is_refused_while_it_runs(iprof: Command) -> None:
    refused = iprof("reset", "--oui")
    assert refused.returncode == 1
    assert "./iprof down" in refused.stdout
    assert (iprof.data / "secrets").exists()


def test_a_service_that_dies_comes_back_and_status_tells(iprof: Command) -> None:
    os.killpg(iprof.pids()["cv"], signal.SIGKILL)
    assert wait_until(lambda: iprof.status()["cv"]["redemarrages"] == 1, 30)
    assert wait_until(lambda: iprof.status()["cv"]["pret"], 60)


def test_the_log_of_each_program_can_be_read(iprof: Command) -> None:
    assert iprof("logs", "keycloak").stdout
    unknown = iprof("logs", "inconnu")
    assert unknown.returncode == 1
    assert "keycloak" in unknown.stdout


def test_after_down_nothing_runs_and_a_killed_supervisors_programs_are_swept(iprof: Command) -> None:
    left = iprof.pids()
    assert {"keycloak", "kafka", "mongo", "gateway", "identity", "dossier", "cv", "courrier"} <= set(left)
    os.kill(iprof.supervisor(), signal.SIGKILL)
    assert wait_until(lambda: began(left["kafka"]) is not None, 1)
    down = iprof("down")
    assert "Restes d'un arrêt brutal" in down.stdout
    assert [name for name, pid in left.items() if began(pid) is not None] == []
    assert iprof.ports.taken() == []


def test_a_later_up_finds_its_secrets_again_and_down_leaves_no_process(iprof: Command) -> None:
    secrets = {path.name: path.read_text() for path in (iprof.data / "secrets").iterdir()}
    up = iprof("up", "--detach", "--extrait", "aucun")
    assert up.returncode == 0, up.stdout
    assert {path.name: path.read_text() for path in (iprof.data / "secrets").iterdir()} == secrets
    pids, supervisor = iprof.pids(), iprof.supervisor()
    assert iprof("down").returncode == 0
    assert [name for name, pid in pids.items() if began(pid) is not None] == []
    assert began(supervisor) is None
    assert groups_alive(pids.values()) == []


def groups_alive(leaders: Any) -> list[int]:
    return [leader for leader in leaders if _group_lives(leader)]


def _group_lives(leader: int) -> bool:
    try:
        os.killpg(leader, 0)
    except ProcessLookupError:
        return False
    return True
