"""What every command and query of this service is given."""

from dataclasses import dataclass

from chassis.consultations import Consultations
from chassis.files.port import FileStore
from cv.application.perimetre import Perimetre
from cv.application.ports import Brouillons, Depot
from cv.domain.catalogue import Catalogue


@dataclass(frozen=True)
class Outils:
    depot: Depot
    brouillons: Brouillons
    pieces: FileStore
    perimetre: Perimetre
    consultations: Consultations
    catalogue: Catalogue
