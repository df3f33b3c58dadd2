"""Is this really the kind of file it says it is? Judged by content, not by what the browser said."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

import filetype

from chassis.files.port import FORMATS, MAX_SIZE, PieceRefusee, PieceTropLourde

CHUNK = 64 * 1024
NAME_LENGTH = 120


@dataclass(frozen=True)
class Received:
    """A file on disk whose content matches its name."""

    path: Path
    nom: str
    type: str
    taille: int
    sha256: str


def receive(stream: BinaryIO, filename: str, folder: Path) -> Received:
    """Copies the stream to disk and checks it. Raises PieceRefusee or PieceTropLourde."""
    path = folder / "original"
    taille, sha256 = _copy(stream, path)
    if taille == 0:
        raise PieceRefusee("vide", "Ce fichier est vide. Vérifiez-le sur votre ordinateur, puis joignez-le.")
    nom = clean_name(filename)
    return Received(path, nom, _checked_type(path, nom), taille, sha256)


def clean_name(filename: str) -> str:
    """The name shown and given back at download: no folder, no control character, at most 120 long."""
    flat = unicodedata.normalize("NFC", PurePosixPath(filename.replace("\\", "/")).name)
    shown = re.sub(r'[\x00-\x1f\x7f-\x9f"<>:|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069]', "", flat).strip(
        ". "
    )
    stem, dot, extension = shown.rpartition(".")
    return f"{stem[: NAME_LENGTH - 10]}{dot}{extension[:8]}" if dot else shown[:NAME_LENGTH] or "document"


def _copy(stream: BinaryIO, path: Path) -> tuple[int, str]:
    digest, taille = hashlib.sha256(), 0
    with path.open("wb") as out:
        while chunk := stream.read(CHUNK):
            taille += len(chunk)
            if taille > MAX_SIZE:
                raise PieceTropLourde
            digest.update(chunk)
            out.write(chunk)
    return taille, digest.hexdigest()


def _checked_type(path: Path, nom: str) -> str:
    kind = filetype.guess(str(path))
    found = kind.mime if kind is not None else ""
    if found not in FORMATS:
        raise PieceRefusee("format", "Ce format n’est pas accepté. Joignez un fichier PDF, JPEG, PNG ou GIF.")
    extension = nom.rpartition(".")[2].lower()
    if extension not in FORMATS[found]:
        raise PieceRefusee(
            "extension",
            "Le contenu de ce fichier ne correspond pas à son nom. Enregistrez-le de nouveau "
            "en PDF, JPEG, PNG ou GIF, puis joignez-le.",
        )
    return str(found)
