"""The environment of dossier's processes."""

from dataclasses import dataclass
from pathlib import Path

from environs import Env

from chassis.config import Settings, base_settings, read_secret


@dataclass(frozen=True)
class Configuration:
    base: Settings
    cle_personnes_file: Path | None

    def cle_personnes(self) -> bytes:
        """Raises RuntimeError when there is none: only the loader needs it."""
        return read_secret(self.cle_personnes_file, "CLE_PERSONNES_FILE")


def configuration(env: Env | None = None) -> Configuration:
    """Raises environs.EnvError naming what is missing or wrong."""
    env = env or Env()
    return Configuration(base_settings("dossier", env), env.path("CLE_PERSONNES_FILE", None))
