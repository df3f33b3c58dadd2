"""A server that speaks MongoDB's wire, for demonstrations and tests only (ADR 0002).

It lives in an environment of its own and is only ever talked to through a socket: its licence and its
beta state stay outside the product.
"""

import shutil
import subprocess
import sys
import venv
from pathlib import Path

from pymongo import MongoClient
from pymongo.errors import PyMongoError

from deploy.local.cache import fingerprint, is_made, made_once
from deploy.local.ports import HOST, Ports
from deploy.local.processus import Panne, Processus, Programme

LOCK = Path(__file__).parents[2] / "requirements" / "mongo-wire.lock"
ANSWER_MS = 1000


class MongoWire:
    """The document store of one instance. `url` asks for majority and journaled writes."""

    name = "mongo"

    def __init__(self) -> None:
        self.url = ""
        self.process: Processus | None = None

    @staticmethod
    def version() -> str:
        return f"mongo-{fingerprint(LOCK.read_bytes(), sys.version.encode())}"

    def is_installed(self) -> bool:
        return is_made(self.version())

    def install(self) -> Path:
        """Makes its environment once per machine. Raises Panne."""
        return made_once(self.version(), _make_environment)

    def start(self, data_dir: Path, ports: Ports) -> None:
        """Starts it; its data live in `data_dir/mongo`. Call `ready` until it says so."""
        program = self.install() / "bin" / "secantusd-py"
        folder = (data_dir / "mongo").resolve()
        folder.mkdir(parents=True, exist_ok=True)
        self.locate(ports)
        self.process = Processus(data_dir, self.name)
        self.process.start(Programme(self.name, _words(program, folder, ports), folder, {}))

    def locate(self, ports: Ports) -> None:
        """Says where it is, without starting it."""
        self.url = f"mongodb://{HOST}:{ports.mongo}/?replicaSet=secantus&w=majority&journal=true"

    def ready(self) -> bool:
        """Whether it answers a ping."""
        client: MongoClient[dict[str, object]] = MongoClient(self.url, serverSelectionTimeoutMS=ANSWER_MS)
        try:
            return bool(client.admin.command("ping")["ok"])
        except PyMongoError:
            return False
        finally:
            client.close()

    def stop(self) -> None:
        if self.process is not None:
            self.process.stop()


def _make_environment(folder: Path) -> None:
    """The environment is made in its final place: its programs hold its absolute path."""
    venv.create(folder, with_pip=True, symlinks=True)
    ran = subprocess.run(
        [str(folder / "bin" / "python"), "-m", "pip", "install", "-q", "--require-hashes", "-r", str(LOCK)],
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode:
        shutil.rmtree(folder, ignore_errors=True)
        raise Panne(f"Le serveur de documents n'a pas pu être installé :\n{ran.stderr[-1500:]}")


def _words(program: Path, folder: Path, ports: Ports) -> list[str]:
    return [
        str(program),
        "--host",
        HOST,
        "--port",
        str(ports.mongo),
        "--storage-path",
        str(folder / "donnees"),
        "--log-level",
        "WARNING",
        "--sync-on-commit",
    ]
