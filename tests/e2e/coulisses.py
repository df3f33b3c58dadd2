"""Behind the pages of an instance: its documents, its programs, its Keycloak."""

import hashlib
import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from keycloak import KeycloakAdmin, KeycloakOpenIDConnection
from pymongo import MongoClient
from pymongo.collection import Collection

from tests.e2e.gestes import Personne
from tests.e2e.instance import Instance

COOKIE = "iprof_session"
IDLE = timedelta(minutes=31)


class Coulisses:
    """What no page shows, for tests that break things on purpose."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        self._data = Path(instance.environment["IPROF_VAR"])
        self._urls = {line["nom"]: line["url"] for line in instance.status()["services"]}

    def collection(self, service: str, name: str) -> Collection[dict[str, Any]]:
        client: MongoClient[dict[str, Any]] = MongoClient(self._urls["mongo"], tz_aware=True)
        return client[service][name]

    def session(self, someone: Personne) -> dict[str, Any]:
        """The session behind this browser's cookie."""
        found = self.collection("gateway", "sessions").find_one({"_id": self._empreinte(someone)})
        assert found is not None, "this browser has no session"
        return found

    def change_session(self, someone: Personne, **fields: Any) -> None:
        self.collection("gateway", "sessions").update_one({"_id": self._empreinte(someone)}, {"$set": fields})

    def laisse_expirer(self, someone: Personne) -> None:
        """As if she had been away for more than half an hour."""
        self.change_session(someone, vu_le=self.session(someone)["vu_le"] - IDLE)

    def deconnecte_chez_keycloak(self, identifiant: str) -> None:
        """An administrator ends this person's sessions."""
        admin = KeycloakAdmin(
            connection=KeycloakOpenIDConnection(
                server_url=self._urls["keycloak"],
                realm_name="iprof",
                client_id="iprof-provisioning",
                client_secret_key=self._secret("keycloak-iprof-provisioning"),
            )
        )
        admin.user_logout(admin.get_user_id(identifiant))

    @contextmanager
    def suspendu(self, name: str) -> Iterator[None]:
        """While it lasts, this program answers nothing: stopped, not ended."""
        group = self.pid(name)
        os.killpg(group, signal.SIGSTOP)
        try:
            yield
        finally:
            os.killpg(group, signal.SIGCONT)

    def tue(self, name: str) -> int:
        """Kills a program and all its workers at once; gives the pid it had."""
        group = self.pid(name)
        os.killpg(group, signal.SIGKILL)
        return group

    def pid(self, name: str) -> int:
        """The leader of this program's own process group."""
        note = json.loads((self._data / "pids" / f"{name}.json").read_text(encoding="utf-8"))
        return int(note["pid"])

    def _secret(self, name: str) -> str:
        return (self._data / "secrets" / name).read_text(encoding="utf-8").strip()

    def _empreinte(self, someone: Personne) -> str:
        (cookie,) = (c["value"] for c in someone.page.context.cookies() if c["name"] == COOKIE)
        return hashlib.sha256(cookie.encode()).hexdigest()
