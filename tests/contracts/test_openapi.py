"""contracts/http/ holds the OpenAPI document each service really serves."""

import importlib

import pytest
import yaml

import contracts
from chassis.http import openapi_yaml

SERVICES = ("identity", "dossier", "cv", "courrier")


@pytest.mark.parametrize("service", SERVICES)
def test_the_committed_openapi_is_what_the_service_serves(service: str) -> None:
    roles = importlib.import_module(f"{service}.__main__").ROLES
    written = (contracts.FOLDER / "http" / f"{service}.openapi.yaml").read_text(encoding="utf-8")
    command = f"python -m {service} openapi > contracts/http/{service}.openapi.yaml"
    assert yaml.safe_load(written) == yaml.safe_load(openapi_yaml(roles.documentation())), f"run: {command}"
