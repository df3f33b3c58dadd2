"""The three embedded servers, for real."""

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from joserfc.jwk import KeySet
from joserfc.jwt import decode
from kafka import KafkaConsumer, KafkaProducer
from kafka.admin import ConfigResource, ConfigResourceType, KafkaAdminClient, NewTopic
from keycloak import KeycloakAdmin
from pymongo import MongoClient

from deploy.local.coffre import Coffre
from deploy.local.keycloak import REALM, secret_name
from deploy.local.royaume import follow
from deploy.local.stack import Kafka, Keycloak, MongoWire, Ports, Server, free_ports, wait_until
from deploy.local.sujets import create_event_topics

pytestmark = [pytest.mark.serveur, pytest.mark.timeout(400)]
PASSWORD = "une phrase assez longue"


@pytest.fixture(scope="module")
def ports() -> Ports:
    return free_ports()


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("instance")


def started(server: Server, data: Path, ports: Ports) -> Iterator[Server]:
    server.start(data, ports)
    assert wait_until(server.ready, 120), server.process.last_words()
    yield server
    server.stop()
    assert not server.ready()


@pytest.fixture(scope="module")
def kafka(data: Path, ports: Ports) -> Iterator[Kafka]:
    yield from started(Kafka(), data, ports)


@pytest.fixture(scope="module")
def mongo(data: Path, ports: Ports) -> Iterator[MongoWire]:
    yield from started(MongoWire(), data, ports)


@pytest.fixture(scope="module")
def keycloak(data: Path, ports: Ports) -> Iterator[Keycloak]:
    yield from started(Keycloak(), data, ports)


def test_kafka_gives_back_what_it_was_given(kafka: Kafka) -> None:
    admin = KafkaAdminClient(bootstrap_servers=kafka.url)
    admin.create_topics([NewTopic("essai", 1, 1)])
    admin.close()
    producer = KafkaProducer(bootstrap_servers=kafka.url, acks="all", compression_type="lz4")
    producer.send("essai", key=b"k", value=b"v").get(timeout=10)
    producer.close(timeout=5)
    consumer = KafkaConsumer(
        "essai", bootstrap_servers=kafka.url, auto_offset_reset="earliest", consumer_timeout_ms=10000
    )
    assert next(consumer).value == b"v"
    consumer.close()


def test_the_document_store_compares_and_sets(mongo: MongoWire) -> None:
    with MongoClient(mongo.url) as client:
        collection = client.essai.documents
        collection.insert_one({"_id": "a", "v": 1})
        assert collection.update_one({"_id": "a", "v": 1}, {"$set": {"v": 2}}).modified_count == 1
        assert collection.update_one({"_id": "a", "v": 1}, {"$set": {"v": 3}}).modified_count == 0


def test_what_was_written_is_there_after_a_restart(mongo: MongoWire, data: Path, ports: Ports) -> None:
    with MongoClient(mongo.url) as client:
        client.essai.gardes.insert_one({"_id": "a"})
    mongo.stop()
    mongo.start(data, ports)
    assert wait_until(mongo.ready, 30)
    with MongoClient(mongo.url) as client:
        assert client.essai.gardes.count_documents({}) == 1


def service_token(keycloak: Keycloak, data: Path, client: str) -> dict:
    answer = requests.post(
        f"{keycloak.url}/realms/{REALM}/protocol/openid-connect/token",
        data={"grant_type": "client_credentials"},
        auth=(client, Coffre(data).value(secret_name(client))),
        timeout=10,
    )
    assert answer.status_code == 200, answer.text
    keys = requests.get(f"{keycloak.url}/realms/{REALM}/protocol/openid-connect/certs", timeout=10).json()
    return decode(answer.json()["access_token"], KeySet.import_key_set(keys)).claims


@pytest.mark.parametrize("service", ["identity", "dossier", "cv", "courrier", "gateway-service"])
def test_a_service_proves_itself_with_its_own_secret(keycloak: Keycloak, data: Path, service: str) -> None:
    claims = service_token(keycloak, data, f"iprof-{service}")
    assert claims["aud"] == "iprof-api"
    assert claims["azp"] == f"iprof-{service}"
    assert claims["roles"] == ["service"]
    assert claims["typ"] == "Bearer"
    assert claims["iss"] == f"{keycloak.url}/realms/iprof"
    assert claims["exp"] - claims["iat"] == 900


def provisioning(keycloak: Keycloak, data: Path) -> KeycloakAdmin:
    return KeycloakAdmin(
        server_url=keycloak.url,
        realm_name=REALM,
        client_id="iprof-provisioning",
        client_secret_key=Coffre(data).value(secret_name("iprof-provisioning")),
    )


def test_the_provisioning_account_creates_people_with_their_role_and_attributes(
    keycloak: Keycloak, data: Path
) -> None:
    admin = provisioning(keycloak, data)
    user = admin.create_user(
        {
            "username": "zz-essai",
            "enabled": True,
            "groups": ["enseignant"],
            "attributes": {"personne_id": ["5" * 36], "academie": ["10"]},
        }
    )
    admin.set_user_password(user, PASSWORD, temporary=False)
    assert [role["name"] for role in admin.get_composite_realm_roles_of_user(user)].count("enseignant") == 1
    assert admin.get_user(user)["attributes"] == {"personne_id": ["5" * 36], "academie": ["10"]}


def answer_to_sign_in(keycloak: Keycloak, gateway: str) -> int:
    return requests.get(
        f"{keycloak.url}/realms/{REALM}/protocol/openid-connect/auth",
        params={
            "client_id": "iprof-gateway",
            "response_type": "code",
            "scope": "openid",
            "redirect_uri": f"{gateway}/connexion/retour",
            "code_challenge": "a" * 43,
            "code_challenge_method": "S256",
        },
        timeout=10,
    ).status_code


def test_the_realm_follows_the_gateway_to_another_port(keycloak: Keycloak, data: Path, ports: Ports) -> None:
    elsewhere = "http://127.0.0.1:9"
    assert not follow(data, keycloak.url, ports.gateway_url)
    assert answer_to_sign_in(keycloak, elsewhere) == 400
    assert follow(data, keycloak.url, elsewhere)
    assert answer_to_sign_in(keycloak, elsewhere) == 200
    assert answer_to_sign_in(keycloak, ports.gateway_url) == 400
    assert follow(data, keycloak.url, ports.gateway_url)


def test_sign_in_without_pkce_is_refused(keycloak: Keycloak, ports: Ports) -> None:
    answer = requests.get(
        f"{keycloak.url}/realms/{REALM}/protocol/openid-connect/auth",
        params={
            "client_id": "iprof-gateway",
            "response_type": "code",
            "scope": "openid",
            "redirect_uri": f"{ports.gateway_url}/connexion/retour",
        },
        timeout=10,
        allow_redirects=False,
    )
    assert "error=invalid_request" in answer.headers["location"]


def test_the_sign_in_page_is_ours_and_in_french(keycloak: Keycloak, ports: Ports) -> None:
    page = requests.get(
        f"{keycloak.url}/realms/{REALM}/protocol/openid-connect/auth",
        params={
            "client_id": "iprof-gateway",
            "response_type": "code",
            "scope": "openid",
            "redirect_uri": f"{ports.gateway_url}/connexion/retour",
            "code_challenge": "a" * 43,
            "code_challenge_method": "S256",
        },
        headers={"Accept-Language": "en-US"},
        timeout=10,
    )
    assert "Démonstration – n’est pas un service de l’État" in page.text
    assert "Identifiant ou courriel" in page.text
    assert page.headers["X-Frame-Options"] == "DENY"


def test_nobody_changes_her_own_attributes(keycloak: Keycloak, data: Path) -> None:
    """The profile declares personne_id and academie for administrators only."""
    profile = provisioning(keycloak, data).get_realm_users_profile()
    edit = {line["name"]: line["permissions"]["edit"] for line in profile["attributes"]}
    assert edit == {name: ["admin"] for name in edit}
    assert {"personne_id", "academie"} <= set(edit)


def test_topics_are_created_once_with_their_retention(kafka: Kafka) -> None:
    assert "identity.agents" in create_event_topics(kafka.url)
    assert create_event_topics(kafka.url) == []
    admin = KafkaAdminClient(bootstrap_servers=kafka.url)
    names = ["identity.agents", "dossier.evenements"]
    assert {len(topic["partitions"]) for topic in admin.describe_topics(names)} == {12}
    kept = admin.describe_configs([ConfigResource(ConfigResourceType.TOPIC, name) for name in names])
    admin.close()
    assert "compact" in str(kept)


def test_secrets_are_drawn_per_installation_and_read_by_their_owner_only(
    keycloak: Keycloak, data: Path
) -> None:
    files = list((data / "secrets").iterdir())
    assert len(files) == 8
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert len({file.read_text() for file in files}) == len(files)
    assert not any(file.read_text() in (data / "journaux/keycloak.log").read_text() for file in files)
