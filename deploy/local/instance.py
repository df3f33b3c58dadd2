"""One installation on this machine: its data folder, its ports, its secrets. Two can live side by side."""

import fcntl
import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TextIO

from deploy.local.coffre import Coffre
from deploy.local.ports import DEFAULT_PORT, Ports
from deploy.local.processus import Panne, began

ROOT = Path(__file__).parents[2]
SAMPLE = Path(__file__).parent / "extraits" / "lyon.ndjson"
OWN_FOLDERS = ("kafka", "keycloak", "mongo", "secrets", "journaux", "pids", "imports")
STATE = "etat.json"
OWN_FILES = ("comptes.json", STATE, "extrait.json", "superviseur.json", "sujets.txt")
LEGIBLE = "abcdefghjkmnpqrstuvwxyz23456789"


class Instance:
    """The folder `IPROF_VAR` (default `.iprof`) and the range of ports from `IPROF_PORT` (default 8080)."""

    def __init__(self, data: Path, ports: Ports, given: Mapping[str, str]) -> None:
        self.data = data
        self.ports = ports
        self.given = given
        self.coffre = Coffre(data)
        self._lock: TextIO | None = None

    @property
    def accounts_file(self) -> Path:
        return self.data / "comptes.json"

    @property
    def loaded_file(self) -> Path:
        """Written once an extract is loaded: its name and digest."""
        return self.data / "extrait.json"

    @property
    def topics_file(self) -> Path:
        """Written once the broker has every topic: what `sujets.wanted` said then."""
        return self.data / "sujets.txt"

    @property
    def reports(self) -> Path:
        return self.data / "imports"

    def demo_password(self) -> Path:
        """The file of the one password of all demonstration accounts, drawn for this installation."""
        words = ("".join(secrets.choice(LEGIBLE) for _ in range(4)) for _ in range(4))
        return self.coffre.given("mot-de-passe-demonstration", "-".join(words))

    def hold(self) -> bool:
        """Whether this process is now the only one that runs the instance, until it ends."""
        self._lock = _locked(self.data)
        return self._lock is not None

    def is_running(self) -> bool:
        """Whether a supervisor, this process or another, holds the instance."""
        if self._lock is not None or not self.data.exists():
            return self._lock is not None
        lock = _locked(self.data)
        if lock is not None:
            lock.close()
        return lock is None

    def note_supervisor(self) -> None:
        note = {"pid": os.getpid(), "began": began(os.getpid())}
        (self.data / "superviseur.json").write_text(json.dumps(note), encoding="utf-8")

    def supervisor(self) -> int | None:
        """The pid of the live supervisor."""
        note = read_json(self.data / "superviseur.json")
        if not note or began(note["pid"]) != note["began"]:
            return None
        return int(note["pid"])


def current_instance(environment: Mapping[str, str] = os.environ) -> Instance:
    """The instance the environment speaks of. Raises Panne for a port that is none."""
    port = environment.get("IPROF_PORT", str(DEFAULT_PORT))
    if not port.isdigit() or not 1024 <= int(port) <= 65500:
        raise Panne(f"IPROF_PORT vaut « {port} » : un nombre entre 1024 et 65500 est attendu.")
    given = {
        name: environment[variable]
        for name, variable in (
            ("kafka", "IPROF_KAFKA_URL"),
            ("mongo", "IPROF_MONGO_URL"),
            ("keycloak", "IPROF_KEYCLOAK_URL"),
        )
        if environment.get(variable)
    }
    return Instance(Path(environment.get("IPROF_VAR", ROOT / ".iprof")).resolve(), Ports(int(port)), given)


def _locked(data: Path) -> TextIO | None:
    """The lock file, held as long as it stays open; None when somebody else holds it."""
    data.mkdir(parents=True, exist_ok=True)
    lock = (data / "verrou").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        return None
    return lock


def read_json(path: Path) -> Any:
    """What the file says; None when it is absent or half written."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def write_json(path: Path, content: Any) -> None:
    """Whole or not at all, for whoever reads at the same moment."""
    beside = path.with_suffix(".nouveau")
    beside.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    beside.replace(path)
