"""The engine, the images and the tools of these tests, each made once."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from deploy.local import images
from deploy.local.cache import fingerprint, made_once
from tests.deploiement.moteur import engine

ROOT = Path(__file__).parents[2]
LOCK = ROOT / "requirements" / "deploy.lock"
KUSTOMIZE = "sigs.k8s.io/kustomize/kustomize/v5@v5.8.2"
ONE_BUILD_SECONDS = 900


@pytest.fixture(scope="session")
def moteur() -> Iterator[dict[str, str]]:
    with engine() as environment:
        yield environment


@pytest.fixture(scope="session")
def images_locales(moteur: dict[str, str]) -> Iterator[dict[str, str]]:
    """The environment in which `./iprof up --docker` finds every image already built."""
    kept = dict(os.environ)
    os.environ.update(moteur, IPROF_IMAGES="locales")
    try:
        images.build_all(lambda _: None)
        yield dict(os.environ)
    finally:
        os.environ.clear()
        os.environ.update(kept)


@pytest.fixture(scope="session")
def outil() -> Callable[[str], str]:
    """The path of a tool of requirements/deploy.lock, in an environment of its own."""
    folder = made_once(f"outils-{fingerprint(LOCK.read_bytes(), sys.version.encode())}", _install)
    return lambda name: str(folder / "bin" / name)


def _install(folder: Path) -> None:
    import venv

    venv.create(folder, with_pip=True, symlinks=True)
    python = str(folder / "bin" / "python")
    subprocess.run([python, "-m", "pip", "install", "-q", "--require-hashes", "-r", str(LOCK)], check=True)


@pytest.fixture(scope="session")
def kustomize() -> Callable[[str], str]:
    """`kustomize("overlays/demo")`: what would be applied, as text."""
    program = shutil.which("kustomize") or str(
        made_once(KUSTOMIZE.replace("/", "_"), _go_install) / "kustomize"
    )

    def build(folder: str) -> str:
        words = [program, "build", str(ROOT / "deploy" / "k8s" / folder)]
        ran = subprocess.run(words, capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    return build


def _built_kustomize() -> str:
    return str(made_once(KUSTOMIZE.replace("/", "_"), _go_install) / "kustomize")


def _go_install(folder: Path) -> None:
    if shutil.which("go") is None:
        pytest.skip("kustomize n'est pas là, et Go non plus pour le construire")
    environment = {**os.environ, "GOBIN": str(folder)}
    subprocess.run(["go", "install", KUSTOMIZE], env=environment, check=True, timeout=ONE_BUILD_SECONDS)
