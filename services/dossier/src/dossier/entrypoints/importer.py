"""`python -m dossier importer FICHIER`: the lines identity accepted become files; exit 0 or 2."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chassis.errors import Indisponible
from contracts.personnes import empreinte_de_cle, id_agent
from dossier.adapters.acceptees import Apercu, FichierRefuse, agents, apercu
from dossier.adapters.extrait import entrees_de
from dossier.application.commandes import ChargerExtrait
from dossier.application.handlers import executer
from dossier.bootstrap import CleEtrangere, Service, preparer
from dossier.domain.erreurs import ExtraitPlusRecent
from dossier.entrypoints.progression import suivre

TOUT_CHARGE = 0
RIEN_CHARGE = 2
INDISPONIBLE = 75
USAGE = 64


@dataclass
class Bilan:
    nouveaux: int = 0
    connus: int = 0
    ailleurs: int = 0


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
    for ligne in suivre("dossiers", agents(chemin), vu.agents):
        _charger(service, vu, ligne, bilan)
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


def _charger(service: Service, vu: Apercu, ligne: Mapping[str, Any], bilan: Bilan) -> None:
    agent_id = id_agent(service.configuration.cle_personnes(), ligne["numen"])
    entrees = entrees_de(agent_id, ligne, vu.base, vu.arrete_au, vu.etablissements)
    commande = ChargerExtrait(agent_id, vu.academie, vu.base, vu.arrete_au, ligne["numen"], entrees)
    try:
        fait = executer(service.application, commande, service.contexte_du_service())
    except ExtraitPlusRecent:
        bilan.ailleurs += 1
        return
    if fait.item:
        bilan.nouveaux += 1
    else:
        bilan.connus += 1


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
