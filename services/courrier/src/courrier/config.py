"""The only file of this service that reads the environment."""

from chassis.config import Settings, base_settings


def settings() -> Settings:
    return base_settings("courrier")
