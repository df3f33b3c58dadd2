"""Asks an antivirus about a file, when there is one."""

import socket
import struct
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from chassis.errors import Indisponible
from chassis.files.port import NON_ANALYSEE, SAINE, PieceRefusee

CHUNK = 64 * 1024
TIMEOUT_SECONDS = 30.0


class Antivirus(Protocol):
    def scan(self, path: Path) -> str:
        """`saine` or `non_analysee`. Raises PieceRefusee (a virus), Indisponible (no answer)."""
        ...


class NoAntivirus:
    def scan(self, path: Path) -> str:
        return NON_ANALYSEE


class Clamd:
    """clamd over TCP (`tcp://host:port`), command INSTREAM. Without its answer nothing is taken."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._address = (parts.hostname or "127.0.0.1", parts.port or 3310)

    def scan(self, path: Path) -> str:
        try:
            answer = self._ask(path)
        except OSError as error:
            raise Indisponible(
                "La vérification des fichiers ne répond pas. Réessayez dans quelques minutes."
            ) from error
        if answer.endswith("FOUND"):
            raise PieceRefusee("virus", "Ce fichier contient un virus : il n’a pas été enregistré.")
        if not answer.endswith("OK"):
            raise Indisponible("La vérification de ce fichier a échoué. Réessayez dans quelques minutes.")
        return SAINE

    def _ask(self, path: Path) -> str:
        with socket.create_connection(self._address, TIMEOUT_SECONDS) as link, path.open("rb") as content:
            link.sendall(b"zINSTREAM\0")
            while chunk := content.read(CHUNK):
                link.sendall(struct.pack("!L", len(chunk)) + chunk)
            link.sendall(struct.pack("!L", 0))
            return link.makefile("rb").read(4096).rstrip(b"\0").decode("ascii", "replace").strip()


def antivirus(clamd_url: str | None) -> Antivirus:
    return Clamd(clamd_url) if clamd_url else NoAntivirus()
