"""What happens in identity. `item` is the person or the portefeuille concerned."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PersonneEnregistree:
    item: str
    motif: str = "import"


@dataclass(frozen=True)
class AgentTransfere:
    item: str
    motif: str = "transfert"


@dataclass(frozen=True)
class CompteOuvert:
    item: str
    motif: str = "compte"


@dataclass(frozen=True)
class CompteSignale:
    item: str
    motif: str = "compte"


@dataclass(frozen=True)
class CompteDesactive:
    item: str
    motif: str = "desactivation"


@dataclass(frozen=True)
class CompteFerme:
    item: str
    motif: str = "desactivation"


@dataclass(frozen=True)
class PortefeuilleEnregistre:
    item: str
    motif: str = "import"


@dataclass(frozen=True)
class SuppleantNomme:
    item: str
    motif: str = "absence"


EvenementPersonne = (
    PersonneEnregistree | AgentTransfere | CompteOuvert | CompteSignale | CompteDesactive | CompteFerme
)
EvenementPortefeuille = PortefeuilleEnregistre | SuppleantNomme
