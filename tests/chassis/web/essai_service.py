"""The smallest service there can be, to see its processes live and die."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Event

from flask import Blueprint, Flask, Response

from chassis.config import Settings, base_settings
from chassis.http import create_app, public
from chassis.roles import Job, Role, Roles, main
from chassis.shutdown import STOPPING

TRACES = Path(sys.argv[-1])


def settings() -> Settings:
    return base_settings("essai")


def web() -> Flask:
    return create_app("essai", settings(), [streams()], ready={"traces": TRACES.is_dir})


def streams() -> Blueprint:
    blueprint = Blueprint("flux", __name__)

    @blueprint.get("/direct")
    @public
    def direct() -> Response:
        return Response(beats(), content_type="text/event-stream")

    return blueprint


def beats() -> Iterator[str]:
    yield "data: ouvert\n\n"
    while not STOPPING.wait(0.1):
        yield ": toujours là\n\n"


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
