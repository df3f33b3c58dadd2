"""What this machine must have besides Python, and how its own package manager names it.

Standard library only: it is read before the virtual environment exists.
"""

import ctypes.util
import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

OLDEST_JAVA = 17
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True)
class Besoin:
    """One thing the machine must offer: how to see it is there, what each package manager calls it."""

    name: str
    why: str
    there: Callable[[], bool]
    packages: Mapping[str, tuple[str, ...]]


def _has_java() -> bool:
    if shutil.which("java") is None:
        return False
    said = subprocess.run(["java", "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(\d+)', said)
    return version is not None and int(version.group(1)) >= OLDEST_JAVA


def _has_pango() -> bool:
    return all(ctypes.util.find_library(name) for name in ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset"))


def browser() -> str | None:
    """The path of a Chromium."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def _has_module(*names: str) -> bool:
    return all(importlib.util.find_spec(name) is not None for name in names)


VENV = Besoin(
    "Python venv",
    "l'environnement du projet",
    lambda: _has_module("venv", "ensurepip"),
    {"apt-get": ("python3-venv",), "dnf": ("python3-pip",)},
)
JAVA = Besoin(
    f"Java {OLDEST_JAVA} ou plus récent",
    "Kafka et Keycloak",
    _has_java,
    {
        "apt-get": ("default-jre-headless",),
        "dnf": ("java-21-openjdk-headless",),
        "brew": ("openjdk",),
    },
)
MAVEN = Besoin(
    "Maven",
    "rapporter Kafka et Keycloak",
    lambda: shutil.which("mvn") is not None,
    {"apt-get": ("maven",), "dnf": ("maven",), "brew": ("maven",)},
)
PANGO = Besoin(
    "Pango",
    "les reçus en PDF",
    _has_pango,
    {
        "apt-get": ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-dejavu-core"),
        "dnf": ("pango", "harfbuzz", "dejavu-sans-fonts"),
        "brew": ("pango",),
    },
)
CHROMIUM = Besoin(
    "Chromium",
    "les essais dans un navigateur",
    lambda: browser() is not None,
    {"apt-get": ("chromium",), "dnf": ("chromium",), "brew": ("chromium",)},
)
GIT = Besoin(
    "Git",
    "les essais d'architecture",
    lambda: shutil.which("git") is not None,
    {"apt-get": ("git",), "dnf": ("git",), "brew": ("git",)},
)
EVERYTHING = (VENV, JAVA, MAVEN, PANGO, CHROMIUM, GIT)


def needs_of(words: list[str], environment: Mapping[str, str]) -> list[Besoin]:
    """What a command line needs from the machine."""
    command = next((word for word in words if not word.startswith("-")), "")
    needs = [VENV]
    if command == "up" or (command == "test" and "--rapide" not in words):
        needs += [*_servers(environment), PANGO]
    if command == "test":
        needs += [GIT] if "--rapide" in words else [GIT, CHROMIUM]
    return needs


def _servers(environment: Mapping[str, str]) -> list[Besoin]:
    given = environment.get("IPROF_KAFKA_URL") and environment.get("IPROF_KEYCLOAK_URL")
    return [] if given else [JAVA, MAVEN]


def missing(needs: Iterable[Besoin]) -> list[Besoin]:
    return [need for need in needs if not need.there()]


def package_manager() -> str | None:
    return next((name for name in ("apt-get", "dnf", "brew") if shutil.which(name)), None)


def remedy(needs: Iterable[Besoin]) -> list[str] | None:
    """The words of the command that installs them; None when this machine's manager is unknown."""
    manager = package_manager()
    if manager is None:
        return None
    packages = [package for need in needs for package in need.packages.get(manager, ())]
    agree = ["-y"] if manager != "brew" else []
    sparing = ["--no-install-recommends"] if manager == "apt-get" else []
    return [manager, "install", *agree, *sparing, *packages]


def remedy_text(needs: Iterable[Besoin]) -> str:
    words = remedy(needs)
    if words is None:
        return "à installer avec le gestionnaire de paquets de la machine"
    return " ".join(words if words[0] == "brew" else ["sudo", *words])


def may_install() -> bool:
    return os.geteuid() == 0 and package_manager() not in (None, "brew")


def start_installation(needs: Iterable[Besoin], log: Path) -> "subprocess.Popen[bytes]":
    """Starts the machine's own package manager; its words go to `log`."""
    words = remedy(needs) or []
    refresh = "apt-get update -q && " if words[0] == "apt-get" else ""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as stream:
        return subprocess.Popen(
            ["sh", "-c", f"{refresh}exec {' '.join(words)}"],
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        )
