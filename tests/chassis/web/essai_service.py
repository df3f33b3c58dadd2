"""The smallest service there can be, to see its processes live and die."""

import sys
from collections.abc import Sequence
from pathlib import Path
from threading import Event

from flask import Flask

from chassis.config import Settings, base_settings
from chassis.http import create_app
from chassis.roles import Job, Role, Roles, main

TRACES = Path(sys.argv[-1])


def settings() -> Settings:
    return base_settings("essai")


def web() -> Flask:
    return create_app("essai", settings(), [], ready={"traces": TRACES.is_dir})


def tick(stop: Event) -> None:
    (TRACES / "commence").touch()
    stop.wait()
    (TRACES / "fini").touch()


def fall(stop: Event) -> None:
    raise ValueError("Dupont")


def job(arguments: Sequence[str]) -> int:
    return 2


ROLES = Roles(
    service="essai",
    settings=settings,
    web=web,
    background=(Role("battement", tick), Role("chute", fall, dans_tout=False)),
    jobs=(Job("importer", job),),
    documentation=web,
    ready=lambda: {"traces": TRACES.is_dir},
)

if __name__ == "__main__":
    sys.exit(main(ROLES, sys.argv[1:-1]))
