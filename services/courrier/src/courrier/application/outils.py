"""What every command and query of this service is given."""

from dataclasses import dataclass

from chassis.files.port import FileStore
from courrier.application.perimetre import Perimetre
from courrier.application.ports import Brouillons, Depot, Listes
from courrier.domain.avis import Modeles


@dataclass(frozen=True)
class Outils:
    depot: Depot
    listes: Listes
    brouillons: Brouillons
    pieces: FileStore
    perimetre: Perimetre
    modeles: Modeles
