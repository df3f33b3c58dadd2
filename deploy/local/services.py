"""What the command runs: the services, and the environment each is configured by."""

import sys
from dataclasses import dataclass

from deploy.local.instance import ROOT, Instance
from deploy.local.keycloak import REALM, secret_name
from deploy.local.ports import HOST, SERVICES
from deploy.local.processus import Programme

PROFILE = "demonstration"


@dataclass(frozen=True)
class Adresses:
    """Where the three servers are."""

    kafka: str
    mongo: str
    keycloak: str


def programme(instance: Instance, service: str, addresses: Adresses, *words: str) -> Programme:
    """`python -m <service> <words>`, ready to start."""
    return Programme(
        name=service,
        words=[sys.executable, "-m", service, *words],
        folder=ROOT,
        environment=environment(instance, service, addresses),
    )


def environment(instance: Instance, service: str, addresses: Adresses) -> dict[str, str]:
    """Every variable a service reads; secrets are given as files."""
    client = "iprof-gateway-service" if service == "gateway" else f"iprof-{service}"
    return {
        "IPROF_PROFIL": PROFILE,
        "HOTE": HOST,
        "PORT": str(instance.ports.of(service)),
        "PORT_INTENDANCE": str(instance.ports.side(service)),
        "MONGO_URL": addresses.mongo,
        "MONGO_BASE": service,
        "KAFKA_URL": addresses.kafka,
        "KEYCLOAK_URL": addresses.keycloak,
        "KEYCLOAK_ROYAUME": REALM,
        "CLIENT_ID": client,
        "CLIENT_SECRET_FILE": str(instance.coffre.path(secret_name(client))),
        "CLE_AUDIT_FILE": str(instance.coffre.key_path(f"cle-audit-{service}")),
        **{f"{name.upper()}_URL": service_url(instance, name) for name in SERVICES},
        **_own(instance, service),
    }


def service_url(instance: Instance, service: str) -> str:
    return f"http://{HOST}:{instance.ports.of(service)}"


def _own(instance: Instance, service: str) -> dict[str, str]:
    if service == "gateway":
        return {
            "OIDC_CLIENT_ID": "iprof-gateway",
            "OIDC_SECRET_FILE": str(instance.coffre.path(secret_name("iprof-gateway"))),
            "CLE_SESSION_FILE": str(instance.coffre.key_path("cle-session")),
        }
    people = {"CLE_PERSONNES_FILE": str(instance.coffre.key_path("cle-personnes"))}
    if service == "identity":
        return people | {
            "PROVISIONING_CLIENT_ID": "iprof-provisioning",
            "PROVISIONING_SECRET_FILE": str(instance.coffre.path(secret_name("iprof-provisioning"))),
            "DEMO_MOT_DE_PASSE_FILE": str(instance.demo_password()),
            "COMPTES_DEMO_FILE": str(instance.accounts_file),
        }
    return people if service == "dossier" else {}
