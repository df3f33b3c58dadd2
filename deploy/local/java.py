"""What the two Java servers share: Maven to fetch them, sums to know them, the words of the machine."""

import shutil
import subprocess
from functools import cache
from pathlib import Path

from deploy.local.cache import locked, sha256
from deploy.local.processus import Panne

FOLDER = Path(__file__).parent
SMALL_MACHINE = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
# The jars were checked byte for byte: verifying each class again takes a quarter of Keycloak's start.
TRUSTED_JARS = (
    "-XX:+IgnoreUnrecognizedVMOptions",
    "-XX:+UnlockDiagnosticVMOptions",
    "-XX:-BytecodeVerificationRemote",
)
FETCH_SECONDS = 400


def maven(*goals: str) -> None:
    """Runs Maven, one at a time: its local repository does not like company. Raises Panne."""
    with locked("maven"):
        ran = subprocess.run(
            ["mvn", "-B", "-q", "-ntp", *goals],
            capture_output=True,
            text=True,
            check=False,
            timeout=FETCH_SECONDS,
        )
    if ran.returncode:
        raise Panne(f"Maven n'a pas pu rapporter {goals[-1]} :\n{(ran.stdout + ran.stderr)[-1500:]}")


@cache
def known_sums() -> dict[str, str]:
    lines = (FOLDER / "empreintes.sha256").read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, name in (line.split() for line in lines)}


def check(path: Path) -> None:
    """Raises Panne unless the file is byte for byte the one this version was written with."""
    if known_sums().get(path.name) != sha256(path):
        raise Panne(
            f"{path.name} n'est pas le fichier attendu : son empreinte diffère. Il n'est pas utilisé."
        )


def java() -> str:
    """The absolute path of `java`. Raises Panne when there is none."""
    found = shutil.which("java")
    if found is None:
        raise Panne("Java manque : ./iprof doctor dit comment l'installer.")
    return found
