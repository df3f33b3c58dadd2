"""What every process is told by its environment. A service's own `config.py` adds to it."""

from dataclasses import dataclass
from pathlib import Path

from environs import Env

PRODUCTION = "production"
DEMONSTRATION = "demonstration"


@dataclass(frozen=True)
class Settings:
    """The environment of one process, read once. Secrets are paths: their content is read when needed."""

    service: str
    profil: str
    hote: str
    port: int
    port_intendance: int | None
    mongo_url: str
    mongo_base: str
    kafka_url: str
    keycloak_url: str
    keycloak_royaume: str
    client_id: str
    client_secret_file: Path | None
    cle_audit_file: Path | None
    clamd_url: str | None
    identity_url: str
    dossier_url: str
    cv_url: str
    courrier_url: str
    gateway_url: str
    keycloak_url_interne: str = ""

    @property
    def production(self) -> bool:
        return self.profil == PRODUCTION

    @property
    def issuer(self) -> str:
        """The `iss` of every token, and where a browser finds the realm."""
        return f"{self.keycloak_url.rstrip('/')}/realms/{self.keycloak_royaume}"

    @property
    def keycloak_direct(self) -> str:
        """Where a process finds Keycloak: beside it in a cluster, where the public address may not lead."""
        return (self.keycloak_url_interne or self.keycloak_url).rstrip("/")

    @property
    def realm_direct(self) -> str:
        return f"{self.keycloak_direct}/realms/{self.keycloak_royaume}"

    @property
    def jwks_url(self) -> str:
        return f"{self.realm_direct}/protocol/openid-connect/certs"

    @property
    def token_url(self) -> str:
        return f"{self.realm_direct}/protocol/openid-connect/token"

    def client_secret(self) -> str:
        return read_secret(self.client_secret_file, "CLIENT_SECRET_FILE").decode()

    def cle_audit(self) -> bytes:
        return read_secret(self.cle_audit_file, "CLE_AUDIT_FILE")


def base_settings(service: str, env: Env | None = None) -> Settings:
    """Reads what all services share. Raises environs.EnvError naming what is missing or wrong."""
    env = env or Env()
    return Settings(
        service=service,
        profil=env.str("IPROF_PROFIL", DEMONSTRATION),
        hote=env.str("HOTE", "127.0.0.1"),
        port=env.int("PORT", 0),
        port_intendance=env.int("PORT_INTENDANCE", None),
        mongo_url=_mongo_url(env),
        mongo_base=env.str("MONGO_BASE", service),
        kafka_url=env.str("KAFKA_URL", ""),
        keycloak_url=env.str("KEYCLOAK_URL"),
        keycloak_royaume=env.str("KEYCLOAK_ROYAUME", "iprof"),
        client_id=env.str("CLIENT_ID", f"iprof-{service}"),
        client_secret_file=env.path("CLIENT_SECRET_FILE", None),
        cle_audit_file=env.path("CLE_AUDIT_FILE", None),
        clamd_url=env.str("CLAMD_URL", None),
        identity_url=env.str("IDENTITY_URL", ""),
        dossier_url=env.str("DOSSIER_URL", ""),
        cv_url=env.str("CV_URL", ""),
        courrier_url=env.str("COURRIER_URL", ""),
        gateway_url=env.str("GATEWAY_URL", ""),
        keycloak_url_interne=env.str("KEYCLOAK_URL_INTERNE", ""),
    )


def _mongo_url(env: Env) -> str:
    """The address may hold a password: then it is a file's content, like any secret."""
    path = env.path("MONGO_URL_FILE", None)
    return read_secret(path, "MONGO_URL_FILE").decode() if path else env.str("MONGO_URL")


def read_secret(path: Path | None, variable: str) -> bytes:
    """The content of a secret file, without the line end an editor adds.

    Raises RuntimeError naming the variable, never the content, when there is no such file or it is empty.
    """
    if path is None or not path.is_file():
        raise RuntimeError(f"{variable} does not name a readable file")
    content = path.read_bytes().strip()
    if not content:
        raise RuntimeError(f"the file named by {variable} is empty")
    return content
