"""`python -m dossier importer FICHIER`: the lines identity accepted become files; exit 0 or 2."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from chassis.errors import Indisponible
from chassis.progress import JobProgress
from contracts.personnes import empreinte_de_cle, id_agent
from dossier.adapters.acceptees import Apercu, FichierRefuse, agents, apercu
from dossier.adapters.extrait import entrees_de
from dossier.application.commandes import ChargerExtrait
from dossier.application.handlers import executer
from dossier.application.ports import Application
from dossier.bootstrap import CleEtrangere, Service, preparer
from dossier.domain.erreurs import ExtraitPlusRecent

TOUT_CHARGE = 0
RIEN_CHARGE = 2
INDISPONIBLE = 75
USAGE = 64
PAGE = 200
Ligne = Mapping[str, Any]


@dataclass
class Bilan:
    nouveaux: int = 0
    connus: int = 0
    ailleurs: int = 0

    @property
    def lus(self) -> int:
        return self.nouveaux + self.connus + self.ailleurs

    def compter(self, nouveau: bool | None) -> None:
        if nouveau is None:
            self.ailleurs += 1
        elif nouveau:
            self.nouveaux += 1
        else:
            self.connus += 1


def importer(service: Service, arguments: Sequence[str]) -> int:
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m dossier importer FICHIER-ACCEPTE\n")
        return USAGE
    try:
        vu, bilan = charger_fichier(service, Path(arguments[0]))
    except (FichierRefuse, OSError, CleEtrangere) as refus:
        _dire(f"Aucun dossier n’a été chargé. {_phrase(refus)}")
        return RIEN_CHARGE
    except Indisponible as panne:
        _dire(f"Le chargement s’est arrêté : {panne.message} Relancez la même commande, elle reprendra.")
        return INDISPONIBLE
    _conclure(vu, bilan)
    return TOUT_CHARGE


def charger_fichier(service: Service, chemin: Path) -> tuple[Apercu, Bilan]:
    """Loading the same file again changes nothing; one that was interrupted goes on.

    Raises FichierRefuse, OSError, CleEtrangere, Indisponible.
    """
    vu = apercu(chemin)
    preparer(service)
    _verifier(service, vu)
    bilan = Bilan()
    with JobProgress() as suivi:
        for page in _pages(agents(chemin)):
            _charger(service, vu, page, bilan)
            suivi.avancer("dossiers", bilan.lus, vu.agents)
    return vu, bilan


def _verifier(service: Service, vu: Apercu) -> None:
    if not service.extraits.cle_reconnue(empreinte_de_cle(service.configuration.cle_personnes())):
        raise CleEtrangere
    premier = service.extraits.commencer(vu.academie, vu.arrete_au)
    if premier != vu.arrete_au:
        raise FichierRefuse(
            f"Les dossiers de cette académie viennent de l’extrait arrêté au {premier:%d/%m/%Y} ; "
            "rapprocher un autre extrait n’est pas encore possible."
        )


def _charger(service: Service, vu: Apercu, page: Sequence[Ligne], bilan: Bilan) -> None:
    commandes = [_commande(service, vu, ligne) for ligne in page]
    with service.lots.ouvrir([commande.agent_id for commande in commandes]) as dossiers:
        application = replace(service.application, dossiers=dossiers)
        for commande in commandes:
            bilan.compter(_nouveau(application, service, commande))


def _commande(service: Service, vu: Apercu, ligne: Ligne) -> ChargerExtrait:
    agent_id = id_agent(service.configuration.cle_personnes(), ligne["numen"])
    entrees = entrees_de(agent_id, ligne, vu.base, vu.arrete_au, vu.etablissements)
    return ChargerExtrait(agent_id, vu.academie, vu.base, vu.arrete_au, ligne["numen"], entrees)


def _nouveau(application: Application, service: Service, commande: ChargerExtrait) -> bool | None:
    """Whether the file is new; None when it already comes from another extract."""
    try:
        return bool(executer(application, commande, service.contexte_du_service()).item)
    except ExtraitPlusRecent:
        return None


def _pages(lignes: Iterator[Ligne]) -> Iterator[list[Ligne]]:
    while page := list(islice(lignes, PAGE)):
        yield page


def _conclure(vu: Apercu, bilan: Bilan) -> None:
    _dire(
        f"Dossiers de l’extrait arrêté au {vu.arrete_au:%d/%m/%Y} : "
        f"{bilan.nouveaux} nouveaux, {bilan.connus} déjà chargés."
    )
    if bilan.ailleurs:
        _dire(f"{bilan.ailleurs} agents ont déjà un dossier venu d’un autre extrait : il n’a pas changé.")


def _phrase(refus: Exception) -> str:
    if isinstance(refus, OSError):
        return f"Le fichier {refus.filename or ''} ne peut pas être lu ({refus.strerror})."
    if isinstance(refus, CleEtrangere):
        return "La clé des personnes n’est pas celle du premier chargement : remettez la clé sauvegardée."
    return str(refus)


def _dire(phrase: str) -> None:
    sys.stdout.write(f"{phrase}\n")
