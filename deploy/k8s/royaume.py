"""Prints the realm as the Keycloak operator imports it: `python deploy/k8s/royaume.py`.

The realm is described once, in deploy/keycloak/realm-iprof.json. Secrets stay placeholders, read from the
vault's secret; addresses are those of this cluster.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

import yaml

REALM = Path(__file__).parents[1] / "keycloak" / "realm-iprof.json"
PUBLIC = "https://iprof.example"
BACK_CHANNEL = "/deconnexion/canal-arriere"
DIRECT = "http://gateway:8080"
SECRET = "keycloak-clients"  # noqa: S105
PLACEHOLDER = re.compile(r"\$\{(IPROF_[A-Z_]+_SECRET)\}")


def realm_import() -> dict[str, Any]:
    text = REALM.read_text(encoding="utf-8")
    text = text.replace("${IPROF_GATEWAY_URL}" + BACK_CHANNEL, DIRECT + BACK_CHANNEL)
    text = text.replace("${IPROF_GATEWAY_URL}", PUBLIC)
    names = sorted(set(PLACEHOLDER.findall(text)))
    return {
        "apiVersion": "k8s.keycloak.org/v2alpha1",
        "kind": "KeycloakRealmImport",
        "metadata": {"name": "iprof"},
        "spec": {
            "keycloakCRName": "keycloak",
            "placeholders": {name: {"secret": {"name": SECRET, "key": name}} for name in names},
            "realm": json.loads(text),
        },
    }


def document() -> str:
    head = "# Written by deploy/k8s/royaume.py from deploy/keycloak/realm-iprof.json; a test compares them.\n"
    return head + str(yaml.safe_dump(realm_import(), allow_unicode=True, sort_keys=False, width=110))


if __name__ == "__main__":
    sys.stdout.write(document())
