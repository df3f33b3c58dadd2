"""The only file that reads the environment."""

import base64
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from environs import Env

from chassis.config import Settings, base_settings, read_secret

MENTION = "Démonstration – n’est pas un service de l’État"
SESSION_KEY_BYTES = 32


@dataclass(frozen=True)
class GatewaySettings:
    """What the gateway is told besides what every service is told. Secrets are paths.

    `proxys` is how many front proxies of ours say who the visitor is; with none, nobody is believed.
    """

    base: Settings
    oidc_client_id: str
    oidc_secret_file: Path | None
    cle_session_file: Path | None
    mention: str
    proxys: int

    def oidc_secret(self) -> str:
        return read_secret(self.oidc_secret_file, "OIDC_SECRET_FILE").decode()

    def cle_session(self) -> bytes:
        """32 bytes, base64 in their file. Raises RuntimeError when they are not."""
        key = base64.b64decode(read_secret(self.cle_session_file, "CLE_SESSION_FILE"))
        if len(key) != SESSION_KEY_BYTES:
            raise RuntimeError("CLE_SESSION_FILE must hold 32 bytes in base64")
        return key

    @property
    def https(self) -> bool:
        return urlsplit(self.base.gateway_url).scheme == "https"


def settings(env: Env | None = None) -> GatewaySettings:
    """Raises EnvError, or RuntimeError in production without https: sessions would travel in clear."""
    env = env or Env()
    read = GatewaySettings(
        base=base_settings("gateway", env),
        oidc_client_id=env.str("OIDC_CLIENT_ID", "iprof-gateway"),
        oidc_secret_file=env.path("OIDC_SECRET_FILE", None),
        cle_session_file=env.path("CLE_SESSION_FILE", None),
        mention=env.str("IPROF_MENTION", MENTION),
        proxys=env.int("PROXYS", 0),
    )
    if read.base.production and not read.https:
        raise RuntimeError("GATEWAY_URL must begin with https:// in production")
    return read
