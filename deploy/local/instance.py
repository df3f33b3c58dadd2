"""One installation on this machine: its data folder, its ports, its secrets. Two can live side by side."""

import fcntl
import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from deploy.local.coffre import Coffre
from deploy.local.ports import DEFAULT_PORT, Ports
from deploy.local.processus import Panne, began

ROOT = Path(__file__).parents[2]
SAMPLE = Path(__file__).parent / "extraits" / "lyon.ndjson"
OWN_FOLDERS = ("kafka", "keycloak", "mongo", "secrets", "journaux", "pids", "imports")
OWN_FILES = ("comptes.json", "etat.json", "extrait.json", "superviseur.json", "sujets.txt")
LEGIBLE = "abcdefghjkmnpqrstuvwxyz23456789"


class Instance:
    """The folder `IPROF_VAR` (default `.iprof`) and the range of ports from `IPROF_PORT` (default 8080)."""

    def __init__(self, data: Path, ports: Ports, given: Mapping[str, str]) -> None:
        self.data = data
        self.ports = ports
        self.given = given
        self.coffre = Coffre(data)
        self._lock_file: Any = None

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
        """Whether this process is now the only one that runs the instance. Released by the process's end."""
        self.data.mkdir(parents=True, exist_ok=True)
        self._lock_file = (self.data / "verrou").open("w")
        try:
            fcntl.flock(self._lock_file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._lock_file.close()
            return False
        return True

    def release(self) -> None:
        self._lock_file.close()

    def is_running(self) -> bool:
        """Whether a supervisor holds the instance."""
        if not self.data.exists() or self.hold():
            if self._lock_file is not None:
                self.release()
            return False
        return True

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
