"""Data folder, ports and secrets of one installation."""

import stat
from pathlib import Path

import pytest

from deploy.local.cache import made_once
from deploy.local.coffre import Coffre
from deploy.local.instance import Instance, current_instance
from deploy.local.marche import forget
from deploy.local.ports import WIDTH, Ports, free_ports
from deploy.local.processus import Panne
from deploy.local.royaume import moved
from deploy.local.services import Adresses, environment

ADDRESSES = Adresses(kafka="k:1", mongo="mongodb://m", keycloak="http://kc")


def instance(folder: Path, port: int = 9000) -> Instance:
    return current_instance({"IPROF_VAR": str(folder), "IPROF_PORT": str(port)})


def test_two_instances_share_no_port() -> None:
    first, second = Ports(9000), Ports(9000 + WIDTH)
    assert not set(first.all()) & set(second.all())
    assert set(first.needed(["kafka", "keycloak", "mongo"])) <= set(first.all())
    assert len(set(first.needed(["kafka", "keycloak", "mongo"]))) == 15


def test_a_free_range_is_free() -> None:
    assert free_ports().taken() == []


@pytest.mark.parametrize("port", ["abc", "80", "70000", "-1"])
def test_a_port_that_is_none_is_refused_in_words(port: str) -> None:
    with pytest.raises(Panne, match="IPROF_PORT"):
        current_instance({"IPROF_PORT": port})


def test_given_servers_are_noted(tmp_path: Path) -> None:
    given = {"IPROF_VAR": str(tmp_path), "IPROF_KAFKA_URL": "k:9092", "IPROF_MONGO_URL": ""}
    assert current_instance(given).given == {"kafka": "k:9092"}


def test_only_one_process_runs_an_instance_and_asking_does_not_let_go(tmp_path: Path) -> None:
    first, second = instance(tmp_path), instance(tmp_path)
    assert not second.is_running()
    assert first.hold()
    assert first.is_running()
    assert second.is_running()
    assert not second.hold()


def test_an_instance_that_was_never_started_creates_nothing_when_asked(tmp_path: Path) -> None:
    assert not instance(tmp_path / "absent").is_running()
    assert not (tmp_path / "absent").exists()


def test_a_secret_is_drawn_once_and_read_by_its_owner_only(tmp_path: Path) -> None:
    coffre = Coffre(tmp_path)
    first = coffre.value("a")
    assert coffre.value("a") == first
    assert coffre.value("b") != first
    assert stat.S_IMODE(coffre.path("a").stat().st_mode) == 0o600
    assert stat.S_IMODE(coffre.folder.stat().st_mode) == 0o700


def test_the_demonstration_password_stays_the_same_and_passes_the_policy(tmp_path: Path) -> None:
    password = instance(tmp_path).demo_password().read_text()
    assert instance(tmp_path).demo_password().read_text() == password
    assert len(password) >= 12


def test_a_service_is_given_files_instead_of_secrets(tmp_path: Path) -> None:
    variables = environment(instance(tmp_path), "identity", ADDRESSES)
    secrets = {path.read_text() for path in (tmp_path / "secrets").iterdir()}
    assert not secrets & set(variables.values())
    assert variables["PORT"] == "9001"
    assert variables["PORT_INTENDANCE"] == "9021"
    assert variables["GATEWAY_URL"] == "http://127.0.0.1:9000"
    assert all(Path(value).is_file() for name, value in variables.items() if name in SECRET_FILES)


SECRET_FILES = {"CLIENT_SECRET_FILE", "CLE_AUDIT_FILE", "CLE_PERSONNES_FILE", "PROVISIONING_SECRET_FILE"}


def test_identity_and_dossier_share_the_key_of_people_and_no_other_service_has_it(tmp_path: Path) -> None:
    keys = {
        name: environment(instance(tmp_path), name, ADDRESSES).get("CLE_PERSONNES_FILE")
        for name in ("identity", "dossier", "cv", "courrier", "gateway")
    }
    assert keys["identity"] == keys["dossier"] is not None
    assert {keys["cv"], keys["courrier"], keys["gateway"]} == {None}


def test_forgetting_leaves_what_somebody_else_put_there(tmp_path: Path) -> None:
    here = instance(tmp_path)
    here.demo_password()
    (tmp_path / "mes-notes.txt").write_text("à garder")
    forget(here)
    assert [path.name for path in tmp_path.iterdir()] == ["mes-notes.txt"]


def test_what_was_left_half_made_in_the_cache_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IPROF_CACHE", str(tmp_path))

    def break_half_way(folder: Path) -> None:
        (folder / "debut").touch()
        raise Panne("coupure")

    with pytest.raises(Panne):
        made_once("outil", break_half_way)
    folder = made_once("outil", lambda folder: (folder / "entier").touch())
    assert sorted(path.name for path in folder.iterdir()) == [".complet", "entier"]
    made_once("outil", break_half_way)


def test_a_moved_client_keeps_everything_but_its_addresses() -> None:
    client = {
        "rootUrl": "http://h:1",
        "redirectUris": ["http://h:1/retour", "http://h:12/x"],
        "enabled": True,
    }
    assert moved(client, "http://h:1", "http://h:2") == {
        "rootUrl": "http://h:2",
        "redirectUris": ["http://h:2/retour", "http://h:12/x"],
        "enabled": True,
    }
