"""Container images: the services' and Keycloak's, and stand-ins for the public ones.

The stand-ins (`IPROF_IMAGES=locales`) are for machines that reach no image registry: a Debian base laid
by mmdebstrap, and the servers of the embedded stack behind the command lines of the public images.
"""

import os
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from deploy.local.instance import ROOT
from deploy.local.kafka import Kafka
from deploy.local.keycloak import Keycloak
from deploy.local.ports import SERVICES
from deploy.local.processus import Panne

RECIPES = ROOT / "deploy" / "images"
LOCAL = RECIPES / "locales"
PREFIX, STAND_IN = "iprof", "iprof-local"
VERSION = "0.1.0"
BASE, WITH_PIP, WITH_JAVA = (f"{STAND_IN}/{name}" for name in ("socle", "construction", "java"))
STAND_INS = {
    "IPROF_IMAGE_KAFKA": f"{STAND_IN}/kafka",
    "IPROF_IMAGE_MONGO": f"{STAND_IN}/mongo",
    "IPROF_IMAGE_POSTGRES": f"{STAND_IN}/postgres",
    "IPROF_IMAGE_FRONT": f"{STAND_IN}/nginx",
}
SUITE = "bookworm"
UNREAD = ("/usr/share/doc/*", "/usr/share/man/*", "/usr/share/locale/*", "/usr/share/info/*")
LAST_BUILDX_FREE = 22

Tell = Callable[[str], None]


def own(name: str) -> str:
    """The name under which an image of this house is built."""
    return f"{PREFIX}/{name}:{VERSION}"


def without_registry() -> bool:
    """Whether this machine is to do without any image registry."""
    return os.environ.get("IPROF_IMAGES") == "locales"


def build_all(tell: Tell) -> dict[str, str]:
    """Builds what compose runs and returns the variables that name the images. Raises Panne."""
    if without_registry():
        build_stand_ins(tell)
    bases = {"CONSTRUCTION": WITH_PIP, "EXECUTION": BASE} if without_registry() else {}
    for service in SERVICES:
        tell(f"Image {own(service)}")
        _from_root(own(service), ROOT / "deploy" / "Dockerfile", {**bases, "SERVICE": service})
    tell(f"Image {own('keycloak')}")
    keycloak = {"BASE": f"{STAND_IN}/keycloak"} if without_registry() else {}
    _from_root(own("keycloak"), RECIPES / "keycloak.Dockerfile", keycloak)
    return dict(STAND_INS) if without_registry() else {}


def build_stand_ins(tell: Tell) -> None:
    """Everything a public registry would have given. Raises Panne."""
    tell("Images de remplacement : le socle Debian, puis Java, Kafka, Keycloak, Mongo, PostgreSQL, nginx")
    _lay_base()
    socle, java = {"SOCLE": BASE}, {"JAVA": WITH_JAVA}
    entry, lock = LOCAL / "postgres_entree.sh", ROOT / "requirements" / "mongo-wire.lock"
    kafka = {"libs": Kafka().install() / "libs", "demarrer.py": LOCAL / "kafka_demarrer.py"}
    _together(
        ("construction", socle, {}),
        ("java", socle, {}),
        ("postgres", socle, {"entree.sh": entry}),
        ("nginx", socle, {}),
    )
    _together(
        ("kafka", java, kafka),
        ("keycloak", java, {"keycloak": Keycloak().install()}),
        ("mongo", {"CONSTRUCTION": WITH_PIP}, {"mongo-wire.lock": lock, "mongod": LOCAL / "mongod"}),
    )


def _together(*recipes: tuple[str, Mapping[str, str], Mapping[str, Path]]) -> None:
    with ThreadPoolExecutor(len(recipes)) as pool:
        list(pool.map(lambda recipe: _stand_in(*recipe), recipes))


def image_exists(name: str) -> bool:
    words = [client(), "image", "inspect", name]
    return subprocess.run(words, capture_output=True, check=False).returncode == 0


def client() -> str:
    """A docker client that can build: one with buildx, or one from before it was needed. Raises Panne."""
    found = [path for path in (shutil.which("docker"), "/usr/bin/docker") if path and Path(path).exists()]
    for path in found:
        if _says(path, "buildx", "version") or _major(path) <= LAST_BUILDX_FREE:
            return path
    raise Panne(
        "Aucun client Docker ne sait construire d'image : installez docker.io, ou docker avec buildx."
    )


def _says(*words: str) -> str:
    ran = subprocess.run(words, capture_output=True, text=True, check=False)
    return ran.stdout if ran.returncode == 0 else ""


def _major(path: str) -> int:
    words = [path, "version", "--format", "{{.Client.Version}}"]
    said = subprocess.run(words, capture_output=True, text=True, check=False).stdout
    return int(said.split(".")[0]) if said[:1].isdigit() else LAST_BUILDX_FREE + 1


def _lay_base() -> None:
    if image_exists(BASE):
        return
    with TemporaryDirectory(prefix="iprof-socle-") as folder:
        archive = Path(folder) / "socle.tar"
        _run([*_mmdebstrap(), SUITE, str(archive)])
        _run([client(), "import", str(archive), BASE])


def _mmdebstrap() -> list[str]:
    if shutil.which("mmdebstrap") is None:
        raise Panne("Sans registre d'images il faut mmdebstrap : apt-get install mmdebstrap")
    excluded = [f"--dpkgopt=path-exclude={pattern}" for pattern in UNREAD]
    packages = "--include=python3,ca-certificates"
    clean = '--customize-hook=rm -rf "$1"/var/lib/apt/lists/* "$1"/var/cache/apt/* "$1"/var/log/*'
    return ["mmdebstrap", "--variant=minbase", packages, *excluded, clean]


def _stand_in(name: str, arguments: Mapping[str, str], files: Mapping[str, Path]) -> None:
    """Its context is a folder with just these files."""
    with TemporaryDirectory(prefix="iprof-image-") as folder:
        for target, source in files.items():
            _offer(source, Path(folder) / target)
        _build(f"{STAND_IN}/{name}", LOCAL / f"{name}.Dockerfile", Path(folder), arguments)


def _offer(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, symlinks=True)
    else:
        shutil.copy(source, target)


def _from_root(tag: str, recipe: Path, arguments: Mapping[str, str]) -> None:
    _build(tag, recipe, ROOT, {**arguments, "VERSION": VERSION, "REVISION": _revision()})


def _revision() -> str:
    return _says("git", "-C", str(ROOT), "rev-parse", "--short", "HEAD").strip() or "inconnue"


def _build(tag: str, recipe: Path, context: Path, arguments: Mapping[str, str]) -> None:
    given = [word for name, value in arguments.items() for word in ("--build-arg", f"{name}={value}")]
    words = [client(), "build", "-q", "-t", tag, "-f", str(recipe), *given, *_certificate(), str(context)]
    _run(words, {"DOCKER_BUILDKIT": "1"})


def _certificate() -> list[str]:
    """A machine behind a proxy that signs for others lends its certificates to the build, for that time."""
    path = os.environ.get("SSL_CERT_FILE")
    return ["--secret", f"id=ca,src={path}"] if path and Path(path).is_file() else []


def _run(words: Sequence[str], environment: Mapping[str, str] | None = None) -> None:
    ran = subprocess.run(
        list(words),
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode:
        raise Panne(f"{' '.join(words[:4])}… a échoué :\n{(ran.stdout + ran.stderr)[-2000:]}")
