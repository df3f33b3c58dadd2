"""`./iprof up --docker`: the same commands, over docker-compose.yml instead of programs of this machine."""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from deploy.local import affichage, images
from deploy.local.affichage import step
from deploy.local.cache import sha256
from deploy.local.extrait import LOADED, SENTENCES
from deploy.local.instance import ROOT, Instance, read_json, write_json
from deploy.local.ports import HOST, is_free
from deploy.local.processus import Panne, wait_until

COMPOSE_FILE = ROOT / "docker-compose.yml"
SECRETS_SCRIPT = ROOT / "deploy" / "compose" / "secrets.sh"
VIA = "conteneur"
ACCOUNTS_FILE = "/donnees/comptes.json"
READY_SECONDS, ACCOUNTS_SECONDS = 300.0, 120.0


class Conteneurs:
    """The containers of one instance. Their data live in the engine's volumes, their secrets in files."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.folder = instance.data / "conteneurs"
        self.accounts_file = self.folder / "comptes.json"
        self._note = self.folder / "conteneurs.json"
        self._loaded = self.folder / "extrait.json"

    @property
    def exist(self) -> bool:
        """Whether this instance was brought up in containers and not taken down since."""
        return self._note.exists()

    @property
    def project(self) -> str:
        return f"iprof-{self.instance.ports.gateway}"

    def up(self, extract: Path | None) -> None:
        """Builds, starts, waits until all is healthy, loads the extract of an empty base. Raises Panne."""
        _need_engine()
        self._need_ports()
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._draw_secrets()
        write_json(self._note, {"images": images.build_all(step)})
        step("Démarrage des conteneurs")
        self.compose("up", "-d", "--no-build", "--remove-orphans")
        if not wait_until(self._all_healthy, READY_SECONDS):
            late = [line["nom"] for line in self.lines() if not line["pret"]]
            raise Panne(f"Ces conteneurs ne répondent pas : {', '.join(late)}. Voir ./iprof logs")
        if extract is not None and read_json(self._loaded) is None:
            step(f"Chargement de {extract.name}")
            step(SENTENCES[self.load(extract)])
        if read_json(self._loaded):
            wait_until(self._fetch_accounts, ACCOUNTS_SECONDS)

    def _need_ports(self) -> None:
        wanted = (self.instance.ports.gateway, self.instance.ports.keycloak)
        taken = [port for port in wanted if not is_free(port)]
        if taken and not self.lines():
            raise Panne(f"Le port {taken[0]} est pris par un autre programme : choisissez IPROF_PORT.")

    def down(self) -> None:
        """Stops and removes the containers; the volumes stay."""
        self.compose("down", "--remove-orphans")
        self._note.unlink()

    def forget(self) -> None:
        """Removes the volumes and secrets too."""
        if self.folder.exists():
            self.compose("down", "--volumes", "--remove-orphans")
            shutil.rmtree(self.folder)

    def load(self, extract: Path) -> int:
        """Both loaders; 0, 2 or 3 as the format says. Raises Panne when one breaks."""
        copy = self.folder / "extrait.ndjson"
        copy.unlink(missing_ok=True)
        shutil.copyfile(extract, copy)
        copy.chmod(0o444)
        code = self._job("importer-identity")
        self._keep_report(extract)
        if code in LOADED:
            code = max(code, self._job("importer-dossier"))
        if code in LOADED:
            write_json(self._loaded, {"fichier": extract.name, "sha256": sha256(extract)})
        return code

    def lines(self) -> list[dict[str, Any]]:
        """What `status` shows, one line a container."""
        found = self._captured("ps", "-a", "-q").split()
        if not found:
            return []
        told = json.loads(_docker("inspect", *found))
        return sorted((self._line(container) for container in told), key=lambda line: str(line["nom"]))

    def status(self) -> dict[str, Any]:
        return {"url": self.instance.ports.gateway_url, "services": self.lines()}

    def logs(self, service: str | None, follow: bool) -> None:
        self.compose("logs", *(["-f"] if follow else []), *([service] if service else []), quiet=False)

    def compose(self, *words: str, quiet: bool = True) -> None:
        """Raises Panne with the last words of a command that fails."""
        ran = subprocess.run(
            [*_compose_client(), "-f", str(COMPOSE_FILE), "-p", self.project, *words],
            env=self._environment(),
            cwd=ROOT,
            stdout=subprocess.PIPE if quiet else None,
            stderr=subprocess.STDOUT if quiet else None,
            text=True,
            check=False,
        )
        if ran.returncode:
            raise Panne(f"docker compose {words[0]} a échoué :\n{(ran.stdout or '')[-2000:]}")

    def _line(self, container: Mapping[str, Any]) -> dict[str, Any]:
        name = container["Config"]["Labels"]["com.docker.compose.service"]
        state = container["State"]
        once = container["HostConfig"]["RestartPolicy"]["Name"] == "no"
        healthy = state["ExitCode"] == 0 if once else state.get("Health", {}).get("Status") == "healthy"
        return {
            "nom": name,
            "etat": "en_marche" if state["Running"] else ("termine" if once and healthy else "arrete"),
            "pret": healthy,
            "url": self._published(name),
            "via": VIA,
            "redemarrages": container["RestartCount"],
        }

    def _published(self, name: str) -> str:
        ports = {"front": self.instance.ports.gateway, "keycloak": self.instance.ports.keycloak}
        return f"http://{HOST}:{ports[name]}" if name in ports else ""

    def _all_healthy(self) -> bool:
        return all(line["pret"] for line in self.lines())

    def _fetch_accounts(self) -> bool:
        try:
            text = self._captured("exec", "-T", "identity-comptes", "cat", ACCOUNTS_FILE)
            write_json(self.accounts_file, json.loads(text))
        except (Panne, ValueError):
            return False
        return True

    def _keep_report(self, extract: Path) -> None:
        words = ("run", "--rm", "-T", "--entrypoint", "cat", "importer-identity", "/donnees/rapport.csv")
        try:
            report = self._captured(*words)
        except Panne:
            return
        self.instance.reports.mkdir(parents=True, exist_ok=True)
        (self.instance.reports / f"{extract.stem}.rapport.csv").write_text(report, encoding="utf-8")

    def _job(self, name: str) -> int:
        ran = self._ran("run", "--rm", "-T", name)
        if ran.returncode not in SENTENCES:
            raise Panne(f"{name} s'est interrompu :\n{(ran.stdout + ran.stderr)[-2000:]}")
        return ran.returncode

    def _captured(self, *words: str) -> str:
        ran = self._ran(*words)
        if ran.returncode:
            raise Panne(f"docker compose {words[0]} a échoué :\n{ran.stderr[-2000:]}")
        return ran.stdout

    def _ran(self, *words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [*_compose_client(), "-f", str(COMPOSE_FILE), "-p", self.project, *words],
            env=self._environment(),
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )

    def _environment(self) -> dict[str, str]:
        note = read_json(self._note) or {"images": {}}
        return {
            **os.environ,
            **note["images"],
            "IPROF_PORT": str(self.instance.ports.gateway),
            "IPROF_PORT_KEYCLOAK": str(self.instance.ports.keycloak),
            "IPROF_SECRETS": str(self.folder / "secrets"),
            "IPROF_EXTRAIT": str(self.folder / "extrait.ndjson"),
        }

    def _draw_secrets(self) -> None:
        subprocess.run(["sh", str(SECRETS_SCRIPT), str(self.folder / "secrets")], check=True)


def _need_engine() -> None:
    try:
        _docker("info", "--format", "{{.ServerVersion}}")
    except Panne as error:
        raise Panne("Aucun moteur de conteneurs ne répond : démarrez Docker, ou ./iprof up.") from error


def _docker(*words: str) -> str:
    try:
        ran = subprocess.run(["docker", *words], capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise Panne("La commande docker n'est pas là.") from error
    if ran.returncode:
        raise Panne(f"docker {words[0]} a échoué :\n{ran.stderr[-2000:]}")
    return ran.stdout


def _compose_client() -> list[str]:
    plugin = subprocess.run(["docker", "compose", "version"], capture_output=True, check=False)
    if plugin.returncode == 0:
        return ["docker", "compose"]
    if shutil.which("docker-compose"):
        return ["docker-compose"]
    raise Panne("Ni « docker compose » ni docker-compose : installez l'un des deux.")


def up(instance: Instance, extract: Path | None) -> int:
    """What `./iprof up --docker` does; it comes back when everything is healthy. Raises Panne."""
    if instance.is_running():
        raise Panne("I-Prof tourne déjà sans conteneur : ./iprof down d'abord.")
    containers = Conteneurs(instance)
    containers.up(extract)
    found = containers.status()
    affichage.console.print(affichage.services_table(found))
    affichage.console.print(affichage.accounts_table(read_json(containers.accounts_file) or []))
    return 0 if all(line["pret"] for line in found["services"]) else 1
