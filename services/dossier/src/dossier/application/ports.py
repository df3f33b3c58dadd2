"""What the application needs from outside, in its own words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from chassis.consultations import Consultations
from chassis.files.port import FileStore
from chassis.replicas import Replica
from chassis.repository import Repository
from dossier.domain.catalogue import Catalogue, Valeur
from dossier.domain.dossier import Dossier


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
    """The service, wired. `acces_refuses` keeps who asked for a file that is not open to her."""

    dossiers: Repository[Dossier]
    catalogue: Catalogue
    pieces: FileStore
    agents: Replica
    portefeuilles: Replica
    consultations: Consultations
    acces_refuses: Consultations
    cv: LecteurDeCV
