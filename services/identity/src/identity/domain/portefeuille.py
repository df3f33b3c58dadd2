"""A portefeuille: the agents one gestionnaire looks after, told by criteria."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from chassis.errors import Conflit, DonneesInvalides, ErreurDeChamp
from identity.domain.evenements import EvenementPortefeuille, PortefeuilleEnregistre, SuppleantNomme
from identity.domain.noms import lettres


@dataclass
class Suppleance:
    """Both days included."""

    personne_id: str
    du: date
    au: date


@dataclass
class Portefeuille:
    """`gestionnaires` are personne ids, the titular first. `ordre` is the place in the extract."""

    id: str
    academie: str
    code: str
    libelle: str
    service: str
    ordre: int
    corps: list[str]
    disciplines: list[str]
    initiales: list[str]
    gestionnaires: list[str]
    suppleances: list[Suppleance] = field(default_factory=list)
    rev: int = 0

    @property
    def items(self) -> Mapping[str, "Portefeuille"]:
        return {self.id: self}

    @property
    def titulaire(self) -> str | None:
        return next(iter(self.gestionnaires), None)

    def convient(self, corps: str | None, discipline: str | None, nom_usage: str) -> bool:
        """No corps or no discipline in the criteria means any."""
        return (
            (not self.corps or corps in self.corps)
            and (not self.disciplines or discipline in self.disciplines)
            and self._initiale_convient(lettres(nom_usage))
        )

    def _initiale_convient(self, nom: str) -> bool:
        de, a = (lettres(borne) for borne in self.initiales)
        return de <= nom and nom[: len(a)] <= a

    def enregistrer(self) -> Sequence[EvenementPortefeuille]:
        return [] if self.rev else [PortefeuilleEnregistre(self.id)]

    def nommer_suppleant(self, suppleance: Suppleance) -> Sequence[EvenementPortefeuille]:
        """Raises DonneesInvalides (dates) and Conflit (the titular cannot stand in for herself)."""
        if suppleance in self.suppleances:
            return []
        if suppleance.au < suppleance.du:
            raise DonneesInvalides([ErreurDeChamp("au", "La fin de l’absence précède son début.")])
        if suppleance.personne_id == self.titulaire:
            raise Conflit("La titulaire d’un portefeuille ne peut pas être sa propre suppléante.")
        self.suppleances.append(suppleance)
        return [SuppleantNomme(self.id)]


def portefeuille_de(
    portefeuilles: Iterable[Portefeuille], corps: str | None, discipline: str | None, nom_usage: str
) -> str | None:
    """The first whose criteria match, in the order of the extract; None: the agent is « à rattacher »."""
    ordonnes = sorted(portefeuilles, key=lambda portefeuille: portefeuille.ordre)
    return next((p.id for p in ordonnes if p.convient(corps, discipline, nom_usage)), None)
