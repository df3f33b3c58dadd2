"""The extract read line by line, the accepted lines and the report written beside it."""

import csv
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, NoReturn, Self

from identity.application.ports import Ligne, LigneLue

LIGNE_MAX = 1024 * 1024
BOM = b"\xef\xbb\xbf"
TROP_LONGUE = "Cette ligne dépasse 1 Mio."
PAS_UTF8 = "Cette ligne n’est pas en UTF-8."
PAS_JSON = "Cette ligne n’est pas un objet JSON."
ENTETE_RAPPORT = ("ligne", "champ", "raison", "suite")


def lignes_de(chemin: Path) -> Iterator[LigneLue]:
    """Each line that is not blank; never more than one in memory. Raises OSError."""
    with chemin.open("rb") as fichier:
        numero = 0
        while brute := fichier.readline(LIGNE_MAX + 1):
            numero += 1
            octets = brute.removeprefix(BOM) if numero == 1 else brute
            if len(brute) > LIGNE_MAX:
                yield LigneLue(numero, len(brute) + _sauter(fichier, brute), None, TROP_LONGUE)
            elif octets.strip():
                yield _lire(numero, octets)


def acceptees_de(chemin: Path) -> Iterator[Ligne]:
    """The accepted lines after the header."""
    with chemin.open("rb") as fichier:
        fichier.readline()
        for brute in fichier:
            yield json.loads(brute)


def _lire(numero: int, octets: bytes) -> LigneLue:
    inachevee = not octets.endswith(b"\n")
    try:
        contenu = json.loads(octets.decode("utf-8"), parse_constant=_refuser)
        if b"\\u" in octets:
            json.dumps(contenu, ensure_ascii=False).encode("utf-8")
    except UnicodeError:
        return LigneLue(numero, len(octets), None, PAS_UTF8, inachevee)
    except (ValueError, RecursionError):
        return LigneLue(numero, len(octets), None, PAS_JSON, inachevee)
    if not isinstance(contenu, dict):
        return LigneLue(numero, len(octets), None, PAS_JSON)
    return LigneLue(numero, len(octets), contenu)


def _refuser(constante: str) -> NoReturn:
    raise ValueError("not a JSON number")


def _sauter(fichier: BinaryIO, debut: bytes) -> int:
    """Leaves the file at the start of the next line; how many bytes were passed over."""
    passes, reste = 0, debut
    while reste and not reste.endswith(b"\n"):
        reste = fichier.readline(LIGNE_MAX)
        passes += len(reste)
    return passes


class FichierAcceptees:
    """Written aside, readable by its owner only, and put in place when the pass ended well."""

    def __init__(self, chemin: Path) -> None:
        self._chemin = chemin
        self._provisoire = chemin.with_name(chemin.name + ".en-cours")

    def __enter__(self) -> Self:
        self._fichier = os.fdopen(
            os.open(self._provisoire, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb"
        )
        return self

    def ajouter(self, ligne: Mapping[str, Any]) -> None:
        self._fichier.write(json.dumps(ligne, ensure_ascii=False).encode("utf-8") + b"\n")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._fichier.close()
        if kind is None:
            self._provisoire.replace(self._chemin)
        else:
            self._provisoire.unlink(missing_ok=True)


class RapportCsv:
    """One line per anomaly: line number, field, reason, what became of the line."""

    def __init__(self, chemin: Path) -> None:
        self._chemin = chemin

    def __enter__(self) -> Self:
        self._fichier = self._chemin.open("w", encoding="utf-8", newline="")
        self._csv = csv.writer(self._fichier)
        self._csv.writerow(ENTETE_RAPPORT)
        return self

    def noter(self, numero: int, champ: str, raison: str, *, ecartee: bool) -> None:
        self._csv.writerow((numero, champ, raison, "écartée" if ecartee else "chargée"))

    def __exit__(self, *_: object) -> None:
        self._fichier.close()


class ListeDesComptes:
    """The demonstration accounts, in a file only its owner reads."""

    def __init__(self, chemin: Path) -> None:
        self._chemin = chemin

    def publier(self, comptes: Iterator[Mapping[str, Any]]) -> None:
        provisoire = self._chemin.with_name(self._chemin.name + ".en-cours")
        descripteur = os.open(provisoire, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descripteur, "w", encoding="utf-8") as fichier:
            json.dump(list(comptes), fichier, ensure_ascii=False, indent=1)
        provisoire.replace(self._chemin)
