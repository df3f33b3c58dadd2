"""Configuration, logs and traces of one process."""

import json
from pathlib import Path

import pytest
import structlog
from environs import Env, EnvError

from chassis.config import base_settings, read_secret
from chassis.logging import HIDDEN, configure_logging, log_failure
from chassis.tracing import current_traceparent, follow


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setenv("MONGO_URL", "mongodb://m")
    monkeypatch.setenv("KEYCLOAK_URL", "http://k:8090/")
    return monkeypatch


class TestConfiguration:
    def test_addresses_of_keycloak_follow_from_its_root(self, environment: pytest.MonkeyPatch) -> None:
        settings = base_settings("cv")
        assert settings.issuer == "http://k:8090/realms/iprof"
        assert settings.token_url.startswith(settings.issuer)
        assert (settings.client_id, settings.mongo_base) == ("iprof-cv", "cv")

    def test_a_missing_variable_is_named(self, environment: pytest.MonkeyPatch) -> None:
        environment.delenv("MONGO_URL")
        with pytest.raises(EnvError, match="MONGO_URL"):
            base_settings("cv", Env())

    def test_a_secret_comes_without_its_line_end(self, tmp_path: Path) -> None:
        (tmp_path / "s").write_text("abc\n")
        assert read_secret(tmp_path / "s", "X") == b"abc"

    @pytest.mark.parametrize("content", [None, "", "\n"])
    def test_a_missing_or_empty_secret_stops_the_process_and_names_its_variable(
        self, tmp_path: Path, content: str | None
    ) -> None:
        if content is not None:
            (tmp_path / "s").write_text(content)
        with pytest.raises(RuntimeError, match="CLE_AUDIT_FILE"):
            read_secret(tmp_path / "s", "CLE_AUDIT_FILE")


class TestLogs:
    @pytest.fixture(autouse=True)
    def _configured(self) -> None:
        structlog.reset_defaults()

    def lines(self, capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    def test_a_line_is_json_with_service_time_and_event(self, capsys: pytest.CaptureFixture[str]) -> None:
        configure_logging("cv")
        structlog.get_logger().info("requete.servie", statut=200)
        (line,) = self.lines(capsys)
        assert (line["service"], line["event"], line["statut"]) == ("cv", "requete.servie", 200)
        assert str(line["le"]).endswith("Z")

    def test_personal_values_are_hidden_at_any_depth(self, capsys: pytest.CaptureFixture[str]) -> None:
        configure_logging("cv")
        structlog.get_logger().info("essai", nom="Dupont", detail={"numen": "01E", "n": 1}, Token="abc")
        (line,) = self.lines(capsys)
        assert line["nom"] == HIDDEN
        assert line["detail"] == {"numen": HIDDEN, "n": 1}
        assert line["Token"] == HIDDEN

    def test_an_unexpected_error_is_logged_without_its_text(self, capsys: pytest.CaptureFixture[str]) -> None:
        configure_logging("cv")
        try:
            raise ValueError("Dupont")
        except ValueError as error:
            log_failure(structlog.get_logger(), "role.tombe", error)
        out = capsys.readouterr().out
        assert "Dupont" not in out
        assert json.loads(out)["erreur"] == "ValueError"

    def test_libraries_speak_json_too(self, capsys: pytest.CaptureFixture[str]) -> None:
        import logging

        configure_logging("cv")
        logging.getLogger("kafka").warning("broker down\nsecond line")
        (line,) = self.lines(capsys)
        assert (line["event"], line["texte_bibliotheque"]) == ("bibliotheque.dit", "broker down")


class TestTraces:
    def test_a_thread_follows_the_trace_it_was_given(self) -> None:
        follow("00-" + "a" * 32 + "-" + "b" * 16 + "-01")
        present = current_traceparent()
        assert present is not None
        assert present.split("-")[1] == "a" * 32
        assert present.split("-")[2] != "b" * 16

    @pytest.mark.parametrize("given", [None, "", "00-xyz", "00-" + "0" * 32 + "-" + "b" * 16 + "-01"])
    def test_a_malformed_trace_is_replaced(self, given: str | None) -> None:
        present = follow(given)
        assert len(present) == 55
        assert "0" * 32 not in present
