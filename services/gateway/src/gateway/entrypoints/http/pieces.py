"""Files of what one may see: page images shown, originals only downloaded. Served by their owner."""

import re

from flask import Blueprint, Response

from chassis.errors import Introuvable
from gateway.entrypoints.http.application import service
from gateway.entrypoints.http.gardes import ENSEIGNANT, GESTIONNAIRE, connecte
from gateway.entrypoints.http.moi import personne_id

blueprint = Blueprint("pieces", __name__)

CHUNK = 64 * 1024
PASSED_ON = ("Content-Type", "Content-Disposition", "Content-Length", "Content-Security-Policy")
SAFE_ID = re.compile(r"(?!\.{1,2}\Z)[A-Za-z0-9._-]{1,80}")


@blueprint.get("/dossier/changements/<id>/pieces/<int:n>")
@connecte(ENSEIGNANT)
def de_ma_demande(id: str, n: int) -> Response:
    return passed_on("dossier", f"/dossiers/{personne_id()}/changements/{safe(id)}/pieces/{n}")


@blueprint.get("/dossier/changements/<id>/pieces/<int:n>/pages/<int:p>")
@connecte(ENSEIGNANT)
def page_de_ma_demande(id: str, n: int, p: int) -> Response:
    return passed_on("dossier", f"/dossiers/{personne_id()}/changements/{safe(id)}/pieces/{n}/pages/{p}")


@blueprint.get("/cv/elements/<id>/pieces/<int:n>")
@connecte(ENSEIGNANT)
def de_mon_cv(id: str, n: int) -> Response:
    return passed_on("cv", f"/cvs/{personne_id()}/elements/{safe(id)}/pieces/{n}")


@blueprint.get("/cv/elements/<id>/pieces/<int:n>/pages/<int:p>")
@connecte(ENSEIGNANT)
def page_de_mon_cv(id: str, n: int, p: int) -> Response:
    return passed_on("cv", f"/cvs/{personne_id()}/elements/{safe(id)}/pieces/{n}/pages/{p}")


@blueprint.get("/agents/<agent>/cv/elements/<id>/pieces/<int:n>")
@connecte(GESTIONNAIRE)
def du_cv_d_un_agent(agent: str, id: str, n: int) -> Response:
    return passed_on("cv", f"/cvs/{safe(agent)}/elements/{safe(id)}/pieces/{n}")


@blueprint.get("/file/<line>/pieces/<int:n>")
@connecte(GESTIONNAIRE)
def de_la_file(line: str, n: int) -> Response:
    name, path = owner_of(line)
    return passed_on(name, f"{path}/pieces/{n}")


@blueprint.get("/file/<line>/pieces/<int:n>/pages/<int:p>")
@connecte(GESTIONNAIRE)
def page_de_la_file(line: str, n: int, p: int) -> Response:
    name, path = owner_of(line)
    return passed_on(name, f"{path}/pieces/{n}/pages/{p}")


@blueprint.get("/courrier/<fil>/messages/<message>/pieces/<int:n>")
@connecte()
def d_un_message(fil: str, message: str, n: int) -> Response:
    return passed_on("courrier", f"/fils/{safe(fil)}/messages/{safe(message)}/pieces/{n}")


def owner_of(line: str) -> tuple[str, str]:
    """Which service a line of the queue belongs to, and its address there. Raises Introuvable."""
    parts = line.split("~")
    if len(parts) != 3 or not all(SAFE_ID.fullmatch(part) for part in parts):
        raise Introuvable("Cette page n’existe pas ou ne vous est pas ouverte.")
    name, aggregate, item = parts
    paths = {
        "dossier": f"/dossiers/{aggregate}/changements/{item}",
        "cv": f"/cvs/{aggregate}/elements/{item}",
        "courrier": f"/fils/{item}",
    }
    if name not in paths:
        raise Introuvable("Cette page n’existe pas ou ne vous est pas ouverte.")
    return name, paths[name]


def passed_on(name: str, path: str) -> Response:
    """The owner's answer, streamed, with only the headers that belong to the file."""
    answer = service(name).get(path, stream=True)
    headers = {header: answer.headers[header] for header in PASSED_ON if header in answer.headers}
    headers["X-Content-Type-Options"] = "nosniff"
    return Response(answer.iter_content(CHUNK), headers=headers)


def safe(part: str) -> str:
    """A path segment that cannot lead anywhere else. Raises Introuvable."""
    if not SAFE_ID.fullmatch(part):
        raise Introuvable("Cette page n’existe pas ou ne vous est pas ouverte.")
    return part
