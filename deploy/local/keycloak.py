"""A Keycloak in production mode on its own small database, with the realm of this house."""

import shutil
import subprocess
import urllib.error
import urllib.request
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from deploy.local.cache import cache_folder, fingerprint, is_made, made_once
from deploy.local.coffre import Coffre
from deploy.local.java import SMALL_MACHINE, TRUSTED_JARS, check, java, maven
from deploy.local.ports import HOST, Ports, free_ports
from deploy.local.processus import Panne, Processus, Programme, wait_until

VERSION = "26.7.3"
REALM = "iprof"
SOURCES = Path(__file__).parents[1] / "keycloak"
BUILD_OPTIONS = ("--db=dev-file", "--health-enabled=true", "--cache=local")
ARCHIVE = "keycloak-quarkus-dist"
COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy"
BUILD_SECONDS = 300
START_SECONDS = 180
CLIENTS = (
    "iprof-gateway",
    "iprof-gateway-service",
    "iprof-identity",
    "iprof-dossier",
    "iprof-cv",
    "iprof-courrier",
    "iprof-provisioning",
    "iprof-exploitation",
)
OPENED = ("java.util", "java.util.concurrent", "java.security", "java.lang")
CONFIGURATION = """\
db=dev-file
cache=local
health-enabled=true
http-enabled=true
http-host={host}
http-port={port}
log-level=INFO,io.smallrye.health:ERROR
hostname=http://{host}:{port}
http-management-host={host}
http-management-port={management}
"""


class Keycloak:
    """The identity server of one instance. `url` is its root, without the realm."""

    name = "keycloak"

    def __init__(self) -> None:
        self.url = ""
        self.process: Processus | None = None
        self._health = ""

    @staticmethod
    def version() -> str:
        return f"keycloak-{VERSION}-{fingerprint(*(option.encode() for option in BUILD_OPTIONS))}"

    def is_installed(self) -> bool:
        return is_made(f"{self.version()}-base")

    def install(self) -> Path:
        """Fetches and builds it once per machine, with an empty database that is ready. Raises Panne."""
        built = made_once(self.version(), _fetch_and_build)
        made_once(f"{self.version()}-base", lambda folder: _first_database(built, folder))
        return built

    def start(self, data_dir: Path, ports: Ports, gateway_url: str | None = None) -> None:
        """Starts it; its data live in `data_dir/keycloak`, its clients' secrets in `data_dir/secrets`.

        The realm is imported at the first start. Call `ready` until it says so.
        """
        built = self.install()
        home = (data_dir / "keycloak").resolve()
        _furnish(home, built, ports)
        gateway = gateway_url or ports.gateway_url
        if not (home / "data" / "h2").exists():
            address_file(data_dir).write_text(gateway, encoding="utf-8")
            shutil.copytree(cache_folder() / f"{self.version()}-base" / "h2", home / "data" / "h2")
        _offer_realm(home)
        self.launch(data_dir, ports, realm_variables(Coffre(data_dir), gateway))

    def launch(self, data_dir: Path, ports: Ports, environment: dict[str, str]) -> None:
        """Starts the program in a folder already furnished."""
        home = (data_dir / "keycloak").resolve()
        self.locate(ports)
        self.process = Processus(data_dir, self.name)
        self.process.start(Programme(self.name, _words(home), home, environment))

    def locate(self, ports: Ports) -> None:
        """Says where it is, without starting it."""
        self.url = f"http://{HOST}:{ports.keycloak}"
        self._health = f"http://{HOST}:{ports.keycloak_management}/health/ready"

    def ready(self) -> bool:
        """Whether its own health page says UP."""
        try:
            with urllib.request.urlopen(self._health, timeout=2) as answer:  # noqa: S310
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def stop(self) -> None:
        if self.process is not None:
            self.process.stop()


def address_file(data_dir: Path) -> Path:
    """Holds the gateway's address the realm knows."""
    return data_dir / "keycloak" / "adresse.txt"


def secret_name(client: str) -> str:
    """The secret of `data_dir/secrets` that a client of the realm proves itself with."""
    return f"keycloak-{client}"


def realm_variables(coffre: Coffre, gateway_url: str) -> dict[str, str]:
    """What the realm file's placeholders stand for. There is no administrator: nobody needs one here."""
    secrets = {
        f"{client.upper().replace('-', '_')}_SECRET": coffre.value(secret_name(client)) for client in CLIENTS
    }
    return {"IPROF_GATEWAY_URL": gateway_url, **secrets}


def _fetch_and_build(folder: Path) -> None:
    with TemporaryDirectory(dir=folder.parent) as temporary:
        maven(COPY, f"-Dartifact=org.keycloak:{ARCHIVE}:{VERSION}:zip", f"-DoutputDirectory={temporary}")
        archive = Path(temporary) / f"{ARCHIVE}-{VERSION}.zip"
        check(archive)
        with zipfile.ZipFile(archive) as content:
            content.extractall(temporary)
        for child in (Path(temporary) / f"keycloak-{VERSION}").iterdir():
            shutil.move(child, folder / child.name)
    _build(folder)


def _build(folder: Path) -> None:
    ran = subprocess.run(
        ["bash", str(folder / "bin" / "kc.sh"), "build", *BUILD_OPTIONS],
        capture_output=True,
        text=True,
        check=False,
        timeout=BUILD_SECONDS,
    )
    if ran.returncode:
        raise Panne(f"Keycloak n'a pas pu être préparé :\n{(ran.stdout + ran.stderr)[-1500:]}")


def _first_database(built: Path, folder: Path) -> None:
    """Lets Keycloak lay its tables once; each new instance then starts from a copy of them."""
    with TemporaryDirectory() as temporary:
        home, keycloak = Path(temporary) / "keycloak", Keycloak()
        ports = free_ports()
        _furnish(home, built, ports)
        keycloak.launch(Path(temporary), ports, {})
        try:
            started = wait_until(keycloak.ready, START_SECONDS)
        finally:
            keycloak.stop()
        if not started:
            raise Panne("Keycloak n'a pas pu préparer sa base : il ne démarre pas.")
        shutil.copytree(home / "data" / "h2", folder / "h2")


def _furnish(home: Path, built: Path, ports: Ports) -> None:
    """An instance's own folder: the built programs by link, its configuration and data for itself."""
    (home / "conf").mkdir(parents=True, exist_ok=True)
    (home / "themes").mkdir(exist_ok=True)
    for name in ("lib", "providers", "version.txt"):
        _link(home / name, built / name)
    _link(home / "themes" / "iprof", SOURCES / "themes" / "iprof")
    text = CONFIGURATION.format(host=HOST, port=ports.keycloak, management=ports.keycloak_management)
    (home / "conf" / "keycloak.conf").write_text(text, encoding="utf-8")


def _link(path: Path, target: Path) -> None:
    path.unlink(missing_ok=True)
    path.symlink_to(target)


def _offer_realm(home: Path) -> None:
    folder = home / "data" / "import"
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(SOURCES / "realm-iprof.json", folder)


def _words(home: Path) -> list[str]:
    return [
        java(),
        "-Xms64m",
        "-Xmx384m",
        *SMALL_MACHINE,
        *TRUSTED_JARS,
        "-XX:MaxMetaspaceSize=256m",
        "-Dfile.encoding=UTF-8",
        *(f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in OPENED),
        "-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
        "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
        f"-Dkc.home.dir={home}",
        f"-Djboss.server.config.dir={home / 'conf'}",
        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
        "-Dpicocli.disable.closures=true",
        "-cp",
        "lib/quarkus-run.jar",
        "io.quarkus.bootstrap.runner.QuarkusEntryPoint",
        "start",
        "--optimized",
        "--import-realm",
    ]
