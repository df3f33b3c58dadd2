"""The images and docker-compose.yml on a real engine: what ops would see, and the main job through it."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local.images import STAND_INS, own
from deploy.local.ports import SERVICES
from tests.e2e.instance import Instance, running

pytestmark = [pytest.mark.conteneurs, pytest.mark.timeout(1500)]

ROOT = Path(__file__).parents[2]
LARGEST_MB = 450
COMPILERS = ("gcc", "cc", "g++", "make", "pip", "pip3")
# It starts and kills a broker of its own: images have no part in it.
NOT_ON_IMAGES = "--ignore=tests/chassis/data/test_broker_outage.py"
MAIN_JOB = "tests/e2e/test_travail_principal.py"
SERVER_SUITES = ("tests/chassis", "services/identity/tests/integration", "services/dossier/tests/integration")


def docker(environment: dict[str, str], *words: str) -> str:
    ran = subprocess.run(["docker", *words], env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


def shell(environment: dict[str, str], image: str, command: str) -> str:
    return docker(environment, "run", "--rm", "--read-only", "--entrypoint", "sh", image, "-c", command)


@pytest.mark.parametrize("service", SERVICES)
def test_an_image_is_small_unprivileged_and_says_what_it_is(
    images_locales: dict[str, str], service: str
) -> None:
    told = json.loads(docker(images_locales, "image", "inspect", own(service)))[0]

    assert told["Size"] / 1e6 < LARGEST_MB
    assert int(told["Config"]["User"].split(":")[0]) >= 10_000
    assert told["Config"]["Healthcheck"]["Test"] == ["CMD", "sante"]
    assert told["Config"]["Labels"]["org.opencontainers.image.title"] == f"I-Prof, {service}"
    assert told["Config"]["Entrypoint"] == ["role"]


def test_an_image_holds_no_compiler_no_installer_and_no_certificate_of_the_build(
    images_locales: dict[str, str],
) -> None:
    looked = "; ".join(f"command -v {program} || true" for program in COMPILERS)
    assert shell(images_locales, own("dossier"), looked) == ""
    assert shell(images_locales, own("dossier"), "ls /run/secrets 2>/dev/null || true") == ""
    assert "testing" not in shell(images_locales, own("dossier"), "ls /app/chassis")


def test_an_unknown_role_is_told_the_known_ones(images_locales: dict[str, str]) -> None:
    ran = subprocess.run(
        ["docker", "run", "--rm", "--read-only", own("cv"), "danser"],
        env=images_locales,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 64
    assert "web|" in ran.stderr


def test_integration_suites_run_on_the_images_through_testcontainers(images_locales: dict[str, str]) -> None:
    named = {
        "IPROF_TEST_IMAGE_MONGO": STAND_INS["IPROF_IMAGE_MONGO"],
        "IPROF_TEST_IMAGE_KAFKA": STAND_INS["IPROF_IMAGE_KAFKA"],
        "IPROF_TEST_IMAGE_KEYCLOAK": "iprof-local/keycloak",
    }
    suites = [suite for suite in SERVER_SUITES if (ROOT / suite).exists()]
    ran = pytest_beside(
        {**images_locales, "IPROF_TESTS": "docker", **named}, "-m", "serveur", NOT_ON_IMAGES, *suites
    )
    assert ran.returncode == 0, ran.stdout[-6000:]
    assert "skipped" not in ran.stdout.splitlines()[-1]


@pytest.fixture(scope="module")
def composed(images_locales: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    var = tmp_path_factory.mktemp("conteneurs")
    with running(var, "--docker") as instance:
        yield instance
        instance.command("down")
        left = docker(images_locales, "ps", "-a", "-q", "--filter", "label=com.docker.compose.project")
        instance.command("reset", "--oui")
        assert left == ""


def test_every_container_of_the_system_is_healthy(composed: Instance) -> None:
    lines = composed.status()["services"]

    assert {line["nom"] for line in lines} >= {"front", "gateway-push", "dossier-relay", "identity-comptes"}
    assert [line["nom"] for line in lines if not line["pret"]] == []


def container(environment: dict[str, str], service: str) -> str:
    return docker(environment, "ps", "-q", "--filter", f"label=com.docker.compose.service={service}")


def test_the_role_is_process_one_and_cannot_write_in_its_image(
    composed: Instance, images_locales: dict[str, str]
) -> None:
    found = container(images_locales, "dossier-web")
    words = docker(images_locales, "exec", found, "cat", "/proc/1/cmdline").split("\0")
    refused = subprocess.run(
        ["docker", "exec", found, "touch", "/app/essai"], env=images_locales, capture_output=True, check=False
    )
    assert words[1:4] == ["-m", "dossier", "web"]
    assert refused.returncode != 0


@pytest.mark.skipif(not (ROOT / MAIN_JOB).exists(), reason="the main job is not written yet")
def test_the_main_job_runs_through_the_containers(composed: Instance) -> None:
    port = composed.url.rsplit(":", 1)[1]
    environment = {**composed.environment, "IPROF_E2E_PORT": port}
    ran = pytest_beside(environment, MAIN_JOB)

    assert ran.returncode == 0, ran.stdout[-6000:]
    assert re.search(r"\d+ passed", ran.stdout)


@pytest.mark.parametrize("role", ["dossier-web", "dossier-consumer", "dossier-relay"])
def test_sigterm_drains_and_ends_cleanly(
    composed: Instance, images_locales: dict[str, str], role: str
) -> None:
    found = container(images_locales, role)
    began = time.monotonic()
    docker(images_locales, "stop", "--time", "25", found)
    took = time.monotonic() - began
    code = docker(images_locales, "inspect", "--format", "{{.State.ExitCode}}", found)
    docker(images_locales, "start", found)

    assert code == "0"
    assert took < 24


def pytest_beside(environment: dict[str, str], *words: str) -> "subprocess.CompletedProcess[str]":
    """Another run of pytest, which says its own count before ours."""
    quiet = {name: value for name, value in environment.items() if name != "PYTEST_CURRENT_TEST"}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *words],
        cwd=ROOT,
        env={**os.environ, **quiet},
        capture_output=True,
        text=True,
        check=False,
        timeout=1200,
    )
