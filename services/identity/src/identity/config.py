"""The environment of identity's processes."""

from dataclasses import dataclass
from pathlib import Path

from environs import Env

from chassis.config import Settings, base_settings, read_secret


@dataclass(frozen=True)
class Configuration:
    """`demo_mot_de_passe_file` and `comptes_demo_file` only count in the demonstration profile."""

    base: Settings
    cle_personnes_file: Path | None
    provisioning_client_id: str
    provisioning_secret_file: Path | None
    demo_mot_de_passe_file: Path | None
    comptes_demo_file: Path | None

    @property
    def demonstration(self) -> bool:
        return not self.base.production

    def cle_personnes(self) -> bytes:
        return read_secret(self.cle_personnes_file, "CLE_PERSONNES_FILE")

    def secret_de_provisioning(self) -> str:
        return read_secret(self.provisioning_secret_file, "PROVISIONING_SECRET_FILE").decode()

    def mot_de_passe_de_demonstration(self) -> str | None:
        """None in production, and when no file is given."""
        if not self.demonstration or self.demo_mot_de_passe_file is None:
            return None
        return read_secret(self.demo_mot_de_passe_file, "DEMO_MOT_DE_PASSE_FILE").decode()


def configuration(env: Env | None = None) -> Configuration:
    """Raises environs.EnvError naming what is missing or wrong."""
    env = env or Env()
    return Configuration(
        base=base_settings("identity", env),
        cle_personnes_file=env.path("CLE_PERSONNES_FILE", None),
        provisioning_client_id=env.str("PROVISIONING_CLIENT_ID", "iprof-provisioning"),
        provisioning_secret_file=env.path("PROVISIONING_SECRET_FILE", None),
        demo_mot_de_passe_file=env.path("DEMO_MOT_DE_PASSE_FILE", None),
        comptes_demo_file=env.path("COMPTES_DEMO_FILE", None),
    )
