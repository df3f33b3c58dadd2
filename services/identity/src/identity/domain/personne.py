"""A person: a teacher of the académie or somebody of its administration, and her account."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from identity.domain.evenements import (
    AgentTransfere,
    CompteDesactive,
    CompteFerme,
    CompteOuvert,
    CompteSignale,
    EvenementPersonne,
    PersonneEnregistree,
)
from identity.domain.transitions import etat_suivant

AGENT = "agent"
PERSONNEL = "personnel"
ENSEIGNANT = "enseignant"
INACTIFS = frozenset({"a_desactiver", "desactive"})


@dataclass
class Compte:
    """`demonstration` is the rank among the accounts that get a known password, None for everybody else."""

    etat: str = "a_creer"
    courriel: str | None = None
    demonstration: int | None = None
    a_corriger: str | None = None


@dataclass
class EtatCivil:
    """`autres_noms`: nom de famille and further prénoms, only there to be found by a search."""

    civilite: str | None
    nom: str
    prenom: str
    autres_noms: list[str] = field(default_factory=list)


@dataclass
class Situation:
    """Where the person stands on the day of the extract, by codes."""

    corps: str | None = None
    grade: str | None = None
    echelon: int | None = None
    discipline: str | None = None
    etablissement: str | None = None
    disciplines_suivies: list[str] = field(default_factory=list)
    service: str | None = None


@dataclass
class Personne:
    id: str
    nature: str
    academie: str
    arrete_au: date
    identifiant: str
    etat_civil: EtatCivil
    roles: list[str]
    situation: Situation
    numen: str | None = None
    matricule: str | None = None
    portefeuille_id: str | None = None
    compte: Compte = field(default_factory=Compte)
    rev: int = 0

    @property
    def items(self) -> Mapping[str, "Personne"]:
        return {self.id: self}

    @property
    def compte_actif(self) -> bool:
        return self.compte.etat not in INACTIFS

    def enregistrer(self) -> Sequence[EvenementPersonne]:
        """Nothing when she is known already: only the account of a newcomer is to be made."""
        return [] if self.rev else [PersonneEnregistree(self.id)]

    def transferer(self, portefeuille_id: str) -> Sequence[EvenementPersonne]:
        if self.portefeuille_id == portefeuille_id:
            return []
        self.portefeuille_id = portefeuille_id
        return [AgentTransfere(self.id)]

    def ouvrir_compte(self, *, avec_courriel: bool) -> Sequence[EvenementPersonne]:
        """The account exists; without its courriel when another account has it already."""
        if self.compte.etat == "cree":
            return []
        self._passer("ouvrir")
        self.compte.courriel = self.compte.courriel if avec_courriel else None
        self.compte.a_corriger = None
        return [CompteOuvert(self.id)]

    def signaler_compte(self, raison: str) -> Sequence[EvenementPersonne]:
        """The account cannot be made as things are; somebody must look."""
        self._passer("signaler")
        self.compte.a_corriger = raison
        return [CompteSignale(self.id)]

    def desactiver(self) -> Sequence[EvenementPersonne]:
        if not self.compte_actif:
            return []
        self._passer("desactiver")
        return [CompteDesactive(self.id)]

    def fermer_compte(self) -> Sequence[EvenementPersonne]:
        self._passer("fermer")
        return [CompteFerme(self.id)]

    def _passer(self, commande: str) -> None:
        self.compte.etat = etat_suivant(self.compte.etat, commande)
