"""What the application needs from outside."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from chassis.repository import Repository
from identity.domain.controles import Anomalie
from identity.domain.personne import Personne
from identity.domain.portefeuille import Portefeuille

Ligne = dict[str, Any]


@dataclass(frozen=True)
class LigneLue:
    """One line of a file: its content, or the French reason nobody can read it.

    `inachevee`: the file ends in the middle of it.
    """

    numero: int
    octets: int
    contenu: Ligne | None
    defaut: str | None = None
    inachevee: bool = False


class Forme(Protocol):
    """The contract of the extract."""

    def defaut(self, ligne: Mapping[str, Any], nature: str) -> Anomalie | None:
        """The first thing that does not follow it; never quotes a value."""
        ...


class Acceptees(Protocol):
    """The file of good lines, header first, as the second pass and dossier read it."""

    def ajouter(self, ligne: Mapping[str, Any]) -> None: ...


class Rapport(Protocol):
    def noter(self, numero: int, champ: str, raison: str, *, ecartee: bool) -> None: ...


class Suivi(Protocol):
    """What somebody watching sees."""

    def avancer(self, etape: str, fait: int, total: int) -> None: ...


class Lots(Protocol):
    """Writing many new persons at once."""

    def academies(self, ids: Sequence[str]) -> Mapping[str, str]:
        """The académie of those of these persons who are known already. Raises Indisponible."""
        ...

    def ouvrir(self) -> AbstractContextManager[Repository[Personne]]:
        """A repository that writes its new aggregates when the block ends well. Raises Indisponible."""
        ...


class Identifiants(Protocol):
    """The user names given so far, for ever."""

    def attribuer(self, bases: Mapping[str, str]) -> Mapping[str, str]:
        """`personne_id` → base name in order of arrival; gives each her user name, the same every time."""
        ...


@dataclass(frozen=True)
class Etablissement:
    uai: str
    denomination: str
    nature: str
    commune: str


class Etablissements(Protocol):
    def enregistrer(self, etablissements: Sequence[Etablissement]) -> None: ...

    def de(self, uais: Sequence[str]) -> Mapping[str, Etablissement]: ...


class Extraits(Protocol):
    """Which extracts were loaded."""

    def arrete_au(self, academie: str) -> date | None: ...

    def noter(self, academie: str, arrete_au: date, le: datetime, *, termine: bool) -> None: ...

    def verifier_cle(self, empreinte: str) -> None:
        """Keeps the fingerprint of the key of persons at first; raises FichierRefuse on another one."""
        ...


class Personnes(Protocol):
    """Reading persons."""

    def de(self, ids: Sequence[str]) -> Mapping[str, Personne]: ...

    def trouvees(self, portefeuille_id: str, jetons: Sequence[str]) -> Sequence[tuple[str, str]]:
        """(sort key, id) of the agents of a portefeuille whose names have all these beginnings."""
        ...

    def comptes_a_traiter(self) -> Sequence[str]:
        """Ids of the persons whose account is to be made or closed, demonstration accounts first."""
        ...

    def de_demonstration(self) -> Sequence[Personne]:
        """Those with a known password whose account exists, by rank."""
        ...


class Portefeuilles(Protocol):
    def tous(self, academie: str) -> Sequence[Portefeuille]: ...


@dataclass(frozen=True)
class FicheCompte:
    """What the sign-in server must know of a person. `mot_de_passe` for demonstration accounts only."""

    personne_id: str
    identifiant: str
    academie: str
    roles: tuple[str, ...]
    courriel: str | None
    mot_de_passe: str | None


class CompteRefuse(Exception):
    """The sign-in server will never accept this account as it is. `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Annuaire(Protocol):
    """The sign-in server. Every method raises chassis.errors.Transitoire while it does not answer."""

    def ouvrir(self, fiche: FicheCompte) -> bool:
        """Makes the account unless it is there; False when it had to be made without its courriel.

        Raises CompteRefuse.
        """
        ...

    def fermer(self, identifiant: str) -> None:
        """Nobody signs in with it any more; open sessions end."""
        ...


class ComptesDeDemonstration(Protocol):
    def publier(self, comptes: Iterator[Mapping[str, Any]]) -> None:
        """Replaces the list that the person who installed the demonstration reads."""
        ...
