"""What the application needs from outside, in its own words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from chassis.files.port import FileStore
from chassis.repository import Repository
from dossier.domain.catalogue import Catalogue, Valeur
from dossier.domain.dossier import Dossier


class Copie(Protocol):
    """The local copy of one of identity's compacted topics."""

    def get(self, key: str) -> Mapping[str, Any] | None: ...

    def find(self, **equality: Any) -> Sequence[Mapping[str, Any]]: ...


class Consultations(Protocol):
    """Who opened whose file: written before the answer, never changed."""

    def record(self, agent: str, acteur: str, role: str, motif: str, objet: str, now: datetime) -> None: ...

    def refuse(self, agent: str, acteur: str, objet: str, now: datetime) -> None:
        """Somebody asked for a file that is not open to her."""
        ...

    def of(self, agent: str) -> Sequence[Mapping[str, Any]]:
        """The consultations of this agent's file, latest first."""
        ...


@dataclass(frozen=True)
class VersionDElement:
    """A verified version of an element of the CV, as the file takes it."""

    valeurs: Mapping[str, Valeur]
    obtenu_le: date | None
    verifie_le: datetime
    verifie_par: str


class LecteurDeCV(Protocol):
    def version(self, agent: str, element: str, version: int) -> VersionDElement:
        """Raises Introuvable, or Transitoire when cv or Keycloak does not answer."""
        ...


@dataclass(frozen=True)
class Application:
    """The service, wired."""

    dossiers: Repository[Dossier]
    catalogue: Catalogue
    pieces: FileStore
    agents: Copie
    portefeuilles: Copie
    consultations: Consultations
    cv: LecteurDeCV
