"""Keeps the realm pointing at the gateway when an installation moves to another port.

The realm is imported once and for all: an address that changes later goes through Keycloak's own API.
"""

from pathlib import Path
from typing import Any

from keycloak import KeycloakAdmin
from keycloak.exceptions import KeycloakError

from deploy.local.coffre import Coffre
from deploy.local.keycloak import REALM, address_file, secret_name
from deploy.local.processus import Panne

CLIENT, EDITOR = "iprof-gateway", "iprof-exploitation"


def follow(data_dir: Path, keycloak_url: str, gateway_url: str) -> bool:
    """Whether the realm had to be told of a new address. Raises Panne when Keycloak refuses."""
    note = address_file(data_dir)
    if note.exists() and note.read_text(encoding="utf-8") == gateway_url:
        return False
    try:
        _move(keycloak_url, Coffre(data_dir), gateway_url)
    except KeycloakError as error:
        raise Panne(f"Keycloak n'a pas pris la nouvelle adresse {gateway_url} : {error}") from error
    note.write_text(gateway_url, encoding="utf-8")
    return True


def _move(keycloak_url: str, coffre: Coffre, gateway_url: str) -> None:
    admin = KeycloakAdmin(
        server_url=keycloak_url,
        realm_name=REALM,
        client_id=EDITOR,
        client_secret_key=coffre.value(secret_name(EDITOR)),
    )
    identifier = str(admin.get_client_id(CLIENT))
    client = admin.get_client(identifier)
    admin.update_client(identifier, moved(client, client["rootUrl"], gateway_url))


def moved(part: Any, before: str, after: str) -> Any:
    """The same description of a client, each address that began with `before` now beginning with `after`."""
    if isinstance(part, dict):
        return {name: moved(value, before, after) for name, value in part.items()}
    if isinstance(part, list):
        return [moved(value, before, after) for value in part]
    if isinstance(part, str) and (part == before or part.startswith(f"{before}/")):
        return after + part.removeprefix(before)
    return part
