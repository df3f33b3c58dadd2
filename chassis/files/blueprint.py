"""`POST /pieces`, and how an original or a page image leaves a service."""

from collections.abc import Callable, Iterator
from typing import Any, BinaryIO
from urllib.parse import quote

import marshmallow as ma
from flask import Response, current_app
from flask_smorest import Blueprint
from flask_smorest.fields import Upload

from chassis.clock import Clock
from chassis.commands import Acteur
from chassis.files.port import MAX_SIZE, FileStore, Piece
from chassis.http.guards import current_actor, max_body, personne
from chassis.http.schemas import Schema
from chassis.rate_limits import LIMITER, UPLOADS

# Above the file's own limit, so that a file too big is read to its end and refused with a sentence
# instead of a cut connection.
MAX_BODY = 3 * MAX_SIZE
CHUNK = 64 * 1024

MayDeposit = Callable[[Acteur, str], None]


class PieceForm(Schema):
    agent = ma.fields.String(required=True, validate=ma.validate.Length(1, 64))
    usage = ma.fields.String(required=True, validate=ma.validate.Regexp(r"^[a-z0-9_.-]{1,64}$"))


class PieceFiles(Schema):
    fichier = Upload(required=True)


class PieceAnswer(Schema):
    ref = ma.fields.String()
    usage = ma.fields.String()
    nom = ma.fields.String()
    type = ma.fields.String()
    taille = ma.fields.Integer()
    pages = ma.fields.Integer()
    analyse = ma.fields.String()
    deposee_le = ma.fields.AwareDateTime(format="iso")


def pieces_blueprint(store: FileStore, may_deposit: MayDeposit) -> Blueprint:
    """`POST /pieces` (multipart: fichier, agent, usage) → 201 and the piece.

    `may_deposit(acteur, agent)` raises Introuvable when this person may not act for that agent.
    """
    blueprint = Blueprint("pieces", __name__, description="Fichiers joints")

    @blueprint.route("/pieces", methods=["POST"])  # type: ignore[untyped-decorator]
    @max_body(MAX_BODY)
    @personne()
    @LIMITER.limit(UPLOADS)
    @blueprint.arguments(PieceFiles, location="files")  # type: ignore[untyped-decorator]
    @blueprint.arguments(PieceForm, location="form")  # type: ignore[untyped-decorator]
    @blueprint.response(201, PieceAnswer)  # type: ignore[untyped-decorator]
    def deposer_piece(files: dict[str, Any], form: dict[str, str]) -> Piece:
        """Dépose un fichier, avant la commande qui le citera."""
        acteur = current_actor()
        may_deposit(acteur, form["agent"])
        clock: Clock = current_app.extensions["iprof-clock"]
        upload = files["fichier"]
        return store.deposit(
            upload.stream, upload.filename or "", acteur.id, form["agent"], form["usage"], clock.now()
        )

    return blueprint


def send_original(stream: BinaryIO, nom: str, type: str, taille: int) -> Response:
    """The original as a download only: never shown inside our pages."""
    response = Response(_chunks(stream), content_type=type)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(nom, safe='')}"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.content_length = taille
    return response


def send_page(png: bytes) -> Response:
    response = Response(png, content_type="image/png")
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    while chunk := stream.read(CHUNK):
        yield chunk
