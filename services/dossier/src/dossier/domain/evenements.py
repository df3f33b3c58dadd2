"""What happened, in the words of the people. `item` is the changement, or the file itself."""

from dataclasses import dataclass

LE_DOSSIER = "dossier"


@dataclass(frozen=True)
class EvenementDeChangement:
    """Something happened to one request; `motif` is a code of the reason, never free text."""

    item: str
    motif: str | None = None


class ChangementSignale(EvenementDeChangement):
    pass


class ChangementComplete(EvenementDeChangement):
    pass


class ChangementPrisEnCharge(EvenementDeChangement):
    pass


class ChangementLibere(EvenementDeChangement):
    pass


class ChangementComplementDemande(EvenementDeChangement):
    pass


class ChangementAccepte(EvenementDeChangement):
    pass


class ChangementRefuse(EvenementDeChangement):
    pass


class ChangementAnnule(EvenementDeChangement):
    pass


class ChangementRepris(EvenementDeChangement):
    pass


@dataclass(frozen=True)
class DossierMisAJour:
    """The file itself changed: `cause` is extrait, changement or cv; `cause_id` what it came from."""

    rubriques: tuple[str, ...]
    cause: str
    cause_id: str | None = None
    item: str = LE_DOSSIER


Evenement = EvenementDeChangement | DossierMisAJour

CHANGEMENT: dict[str, type[EvenementDeChangement]] = {
    classe.__name__: classe for classe in EvenementDeChangement.__subclasses__()
}
