"""One value says where Kafka is and how to prove who we are."""

from pathlib import Path

import pytest

from chassis.kafka_address import client_settings


def test_a_plain_address_is_given_as_it_is() -> None:
    assert client_settings("127.0.0.1:9092,127.0.0.2:9092") == {
        "bootstrap_servers": "127.0.0.1:9092,127.0.0.2:9092"
    }


def test_a_protected_address_names_files_and_the_password_is_read_from_its_own(tmp_path: Path) -> None:
    (tmp_path / "mdp").write_text("secret\n")

    found = client_settings(f"sasl+ssl://iprof-cv@un:9093,deux:9093?mot_de_passe={tmp_path}/mdp&ca=/ca.crt")

    assert found == {
        "bootstrap_servers": "un:9093,deux:9093",
        "security_protocol": "SASL_SSL",
        "sasl_mechanism": "SCRAM-SHA-512",
        "sasl_plain_username": "iprof-cv",
        "sasl_plain_password": "secret",
        "ssl_cafile": "/ca.crt",
    }


def test_a_protected_address_without_its_password_is_refused() -> None:
    with pytest.raises(KeyError):
        client_settings("sasl+ssl://iprof-cv@un:9093?ca=/ca.crt")
