"""What the code can play is what compose and the cluster run, with the same environment."""

import gzip
import importlib
import re
import runpy
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from contracts import DEAD_LETTER_RETENTION_DAYS, TOPICS
from deploy.local import images
from deploy.local.ports import SERVICES
from deploy.taches.topics import settings as topic_settings

ROOT = Path(__file__).parents[2]
K8S = ROOT / "deploy" / "k8s"
DAY_MS = 24 * 3600 * 1000
# The sweeper's loop is a scheduled task on a cluster: `balayer` makes one pass and exits.
SCHEDULED = {"balayeur": "balayer"}
WEB_ALIASES = {"gateway": {"push"}}
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))


def roles_of(service: str) -> set[str]:
    """Web and background roles, as `python -m <service>` knows them."""
    roles = importlib.import_module(f"{service}.__main__").ROLES
    return {"web", *(role.name for role in roles.background), *WEB_ALIASES.get(service, set())}


def jobs_of(service: str) -> set[str]:
    return {job.name for job in importlib.import_module(f"{service}.__main__").ROLES.jobs}


def documents(*paths: Path) -> list[dict[str, Any]]:
    return [one for path in paths for one in yaml.safe_load_all(path.read_text(encoding="utf-8")) if one]


def objects(kind: str, *folders: str) -> list[dict[str, Any]]:
    found = [path for folder in folders for path in sorted((K8S / folder).glob("*.yaml"))]
    return [one for one in documents(*found) if one.get("kind") == kind]


def args_of(thing: dict[str, Any]) -> str:
    spec = thing["spec"]["jobTemplate"]["spec"] if thing["kind"] == "CronJob" else thing["spec"]
    word: str = spec["template"]["spec"]["containers"][0]["args"][0]
    return word


def names(thing: dict[str, Any]) -> tuple[str, str]:
    labels = thing["metadata"]["labels"]
    return labels["app.kubernetes.io/name"], labels["app.kubernetes.io/component"]


@pytest.mark.parametrize("service", SERVICES)
def test_compose_runs_each_role_on_its_own(service: str) -> None:
    run = {
        (name.removeprefix(f"{service}-"), block["command"][0])
        for name, block in COMPOSE["services"].items()
        if name.startswith(f"{service}-")
    }
    assert run == {(role, role) for role in roles_of(service)}


@pytest.mark.parametrize("service", SERVICES)
def test_the_cluster_runs_each_role_on_its_own(service: str) -> None:
    deployed = {
        names(one)[1]: args_of(one)
        for one in objects("Deployment", "base/services")
        if names(one)[0] == service
    }
    scheduled = {args_of(one) for one in objects("CronJob", "base") if names(one)[0] == service}

    expected = roles_of(service)
    assert deployed == {role: role for role in expected - SCHEDULED.keys()}
    assert {SCHEDULED[role] for role in expected & SCHEDULED.keys()} <= scheduled


def test_each_task_of_the_cluster_is_one_the_code_knows() -> None:
    for one in [*objects("CronJob", "base"), *objects("Job", "base")]:
        service, component = names(one)
        if component in {"sujets", "import"}:
            continue
        assert args_of(one) in jobs_of(service), one["metadata"]["name"]


@pytest.mark.parametrize("service", SERVICES)
def test_each_service_has_its_indexes_made_and_its_journal_checked(service: str) -> None:
    made = {names(one)[0] for one in objects("Job", "base") if names(one)[1] == "index"}
    checked = {names(one)[0] for one in objects("CronJob", "base") if names(one)[1] == "verification"}

    assert service in made
    assert (service in checked) == ("verifier-journal" in jobs_of(service))


def variables_read(service: str) -> set[str]:
    """What `chassis/config.py` and the service's own `config.py` ask of the environment."""
    read = re.compile(r'env\.(?:str|int|path|bool)\("([A-Z_]+)"')
    files = (ROOT / "chassis" / "config.py", ROOT / "services" / service / "src" / service / "config.py")
    return {name for path in files for name in read.findall(path.read_text(encoding="utf-8"))}


def env_file(path: Path) -> dict[str, str]:
    return dict(line.split("=", 1) for line in path.read_text(encoding="utf-8").split() if "=" in line)


@pytest.mark.parametrize("service", SERVICES)
def test_compose_gives_only_variables_the_code_reads(service: str) -> None:
    given = set(COMPOSE["services"][f"{service}-web"]["environment"])

    assert given <= variables_read(service)


@pytest.mark.parametrize("service", SERVICES)
def test_the_cluster_gives_what_compose_gives(service: str) -> None:
    base = K8S / "base" / "configuration"
    given = {*env_file(base / "iprof.env"), *env_file(base / f"{service}.env")}
    demo = given | {"KAFKA_URL", "MONGO_URL", *env_file(K8S / "overlays" / "demo" / "adresses.env")}
    production = given | {
        *env_file(K8S / "overlays" / "production" / "adresses.env"),
        *env_file(K8S / "overlays" / "production" / f"{service}.env"),
    }
    in_the_image = {"HOTE", "PORT", "PORT_INTENDANCE"}
    only_demonstration = {"DEMO_MOT_DE_PASSE_FILE", "COMPTES_DEMO_FILE"}
    compose = set(COMPOSE["services"][f"{service}-web"]["environment"]) | in_the_image

    assert demo | only_demonstration == compose | only_demonstration
    # A password in it makes the address of MongoDB a file.
    assert production == compose - only_demonstration - {"MONGO_URL"} | {"MONGO_URL_FILE"}


@pytest.mark.parametrize("service", SERVICES)
def test_secrets_are_files_that_somebody_gives(service: str) -> None:
    """Each `…_FILE` under /run/secrets is a secret of compose, of the demonstration and of the vault."""
    told = env_file(K8S / "base" / "configuration" / f"{service}.env")
    wanted = {
        path.removeprefix("/run/secrets/") for path in told.values() if path.startswith("/run/secrets/")
    }
    external = {one["metadata"]["name"]: one for one in objects("ExternalSecret", "overlays/production")}

    assert wanted <= set(COMPOSE["services"][f"{service}-web"]["secrets"])
    assert wanted == {line["secretKey"] for line in external[service]["spec"]["data"]}
    assert wanted <= demonstration_secrets()[service]


def demonstration_secrets() -> dict[str, set[str]]:
    text = (K8S / "secrets.sh").read_text(encoding="utf-8")
    lines = re.findall(r"^secret (\S+) (.+)$", text, re.MULTILINE)
    return {name: set(keys.split()) for name, keys in lines}


def test_ports_and_probes_are_those_of_the_image() -> None:
    recipe = (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8")
    told = env_file(K8S / "base" / "configuration" / "iprof.env")
    role, web = (documents(K8S / "base" / "communs" / f"{name}.yaml")[0] for name in ("role", "web"))
    shared = role["spec"]["template"]["spec"]["containers"][0]
    ports = {
        p["name"]: str(p["containerPort"]) for p in web["spec"]["template"]["spec"]["containers"][0]["ports"]
    }

    assert ports == {"http": told["PORT"], "intendance": told["PORT_INTENDANCE"]}
    assert f"PORT={told['PORT']} " in recipe
    assert f"PORT_INTENDANCE={told['PORT_INTENDANCE']}" in recipe
    probes = {kind: shared[kind]["httpGet"] for kind in ("livenessProbe", "readinessProbe", "startupProbe")}
    assert probes["livenessProbe"] == {"path": "/live", "port": "intendance"}
    assert probes["readinessProbe"] == {"path": "/ready", "port": "intendance"}


@pytest.mark.parametrize("service", SERVICES)
def test_ready_never_means_kafka_or_keycloak(service: str) -> None:
    source = (ROOT / "services" / service / "src" / service / "bootstrap.py").read_text(encoding="utf-8")
    main = (ROOT / "services" / service / "src" / service / "__main__.py").read_text(encoding="utf-8")
    checks = re.findall(r'return \{("\w+": [^}]+)\}', source) + re.findall(r"ready=lambda: \{(.+)\}", main)

    assert checks
    assert all(re.findall(r'"(\w+)":', check) == ["mongo"] for check in checks)


def test_topics_of_the_cluster_are_those_of_the_contracts() -> None:
    declared = {one["metadata"]["name"]: one["spec"] for one in objects("KafkaTopic", "overlays/production")}
    letters = {f"{group}.dlq" for group in groups()}

    assert declared.keys() == TOPICS.keys() | letters
    for topic in TOPICS.values():
        config = {name: str(value) for name, value in declared[topic.name]["config"].items()}
        assert (declared[topic.name]["partitions"], config) == (topic.partitions, topic_settings(topic))
    for letter in letters:
        assert declared[letter]["config"] == {"retention.ms": DEAD_LETTER_RETENTION_DAYS * DAY_MS}


def groups() -> dict[str, set[str]]:
    """Each consumer group, and the topics it reads."""
    found: dict[str, set[str]] = {}
    for service in SERVICES:
        if (ROOT / f"services/{service}/src/{service}/entrypoints/abonnements.py").exists():
            for each in importlib.import_module(f"{service}.entrypoints.abonnements").ABONNEMENTS:
                found.setdefault(each.group, set()).add(each.topic)
    return found


@pytest.mark.parametrize("service", SERVICES)
def test_a_kafka_user_may_do_what_its_service_does_and_no_more(service: str) -> None:
    users = {one["metadata"]["name"]: one for one in objects("KafkaUser", "overlays/production")}
    rights = {
        (line["resource"]["type"], line["resource"]["name"], operation)
        for line in users[f"iprof-{service}"]["spec"]["authorization"]["acls"]
        for operation in line["operations"]
    }
    mine = {group: topics for group, topics in groups().items() if group.startswith(f"{service}.")}

    written = {name for kind, name, operation in rights if (kind, operation) == ("topic", "Write")}
    read = {name for kind, name, operation in rights if (kind, operation) == ("topic", "Read")}
    assert written == {t.name for t in TOPICS.values() if t.writer == service} | {f"{g}.dlq" for g in mine}
    assert read == {topic for topics in mine.values() for topic in topics}
    assert {name for kind, name, _ in rights if kind == "group"} == mine.keys()


def test_lag_is_watched_for_each_group_and_topic() -> None:
    watched = {
        (trigger["metadata"]["consumerGroup"], trigger["metadata"]["topic"])
        for one in objects("ScaledObject", "overlays/production")
        for trigger in one["spec"]["triggers"]
    }
    assert watched == {(group, topic) for group, topics in groups().items() for topic in topics}


def test_the_realm_of_the_operator_is_the_realm_file() -> None:
    written = (K8S / "overlays" / "production" / "royaume.yaml").read_text(encoding="utf-8")

    assert runpy.run_path(str(K8S / "royaume.py"))["document"]() == written


def test_the_demonstration_loads_the_sample_extract() -> None:
    packed = (K8S / "overlays" / "demo" / "extrait.ndjson.gz").read_bytes()

    assert gzip.decompress(packed) == (ROOT / "deploy" / "local" / "extraits" / "lyon.ndjson").read_bytes()


def test_images_have_one_version_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    base = yaml.safe_load((K8S / "base" / "kustomization.yaml").read_text(encoding="utf-8"))
    own = {block["image"] for block in COMPOSE["services"].values() if ":-iprof/" in block["image"]}

    assert project == images.VERSION
    assert {image["newTag"] for image in base["images"]} == {project}
    assert all(image.endswith(f":{project}}}") for image in own)


def test_every_published_port_of_compose_is_on_the_loopback() -> None:
    published = [port for block in COMPOSE["services"].values() for port in block.get("ports", [])]

    assert published
    assert all(port.startswith("127.0.0.1:") for port in published)


def test_compose_keeps_the_data_out_of_the_front_s_reach() -> None:
    services = COMPOSE["services"]

    assert services["front"]["networks"] == ["facade"]
    for server in ("mongo", "kafka", "postgres"):
        for network in services[server]["networks"]:
            assert COMPOSE["networks"][network] == {"internal": True}
