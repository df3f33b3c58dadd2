"""`python -m identity importer FICHIER`: two passes, a report; exit 0, 2 (refused) or 3 (lines put aside)."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from chassis.errors import Indisponible
from chassis.progress import JobProgress
from identity.adapters.contrat import ContratExtrait
from identity.adapters.fichiers import FichierAcceptees, RapportCsv, acceptees_de, lignes_de
from identity.application.chargement import Charge, charger, verifier_avant_chargement
from identity.application.personnes_de_l_extrait import Traducteur
from identity.application.validation import Bilan, valider
from identity.bootstrap import Identity, preparer_les_index
from identity.domain.entete import FichierRefuse

TOUT_CHARGE = 0
RIEN_CHARGE = 2
LIGNES_ECARTEES = 3
INDISPONIBLE = 75


def importer(identity: Identity, arguments: Sequence[str]) -> int:
    choix = _arguments(arguments)
    fichier: Path = choix.fichier
    acceptees = choix.acceptees or fichier.with_suffix(".acceptees.ndjson")
    rapport = choix.rapport or fichier.with_suffix(".rapport.csv")
    try:
        with JobProgress() as suivi:
            bilan = _premiere_passe(identity, fichier, acceptees, rapport, suivi)
            charge = _seconde_passe(identity, bilan, acceptees, suivi)
    except (FichierRefuse, OSError) as refus:
        _dire(f"Rien n’a été chargé. {_phrase(refus)}")
        return RIEN_CHARGE
    except Indisponible as panne:
        _dire(f"Le chargement s’est arrêté : {panne.message} Relancez la même commande, elle reprendra.")
        return INDISPONIBLE
    _conclure(bilan, charge, acceptees, rapport)
    return LIGNES_ECARTEES if bilan.ecartees else TOUT_CHARGE


def _premiere_passe(
    identity: Identity, fichier: Path, acceptees: Path, rapport: Path, suivi: JobProgress
) -> Bilan:
    with RapportCsv(rapport) as constats, FichierAcceptees(acceptees) as bonnes:
        bilan = valider(
            lignes_de(fichier), ContratExtrait(), identity.sources.nomenclatures, bonnes, constats, suivi
        )
        preparer_les_index(identity.base)
        verifier_avant_chargement(
            identity.chargement.extraits, bilan.en_tete, identity.configuration.cle_personnes()
        )
        return bilan


def _seconde_passe(identity: Identity, bilan: Bilan, acceptees: Path, suivi: JobProgress) -> Charge:
    configuration = identity.configuration
    traducteur = Traducteur(
        bilan.en_tete, configuration.cle_personnes(), demonstration=configuration.demonstration
    )
    return charger(
        bilan.en_tete,
        lambda: acceptees_de(acceptees),
        identity.chargement,
        traducteur,
        identity.contexte_du_service(),
        suivi,
    )


def _arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m identity importer")
    parser.add_argument("fichier", type=Path, help="extrait au format iprof-extrait/1")
    parser.add_argument("--acceptees", type=Path, help="où écrire les lignes acceptées")
    parser.add_argument("--rapport", type=Path, help="où écrire le rapport CSV")
    return parser.parse_args(arguments)


def _conclure(bilan: Bilan, charge: Charge, acceptees: Path, rapport: Path) -> None:
    _dire(f"Académie de {bilan.en_tete.libelle}, extrait arrêté au {bilan.en_tete.arrete_au:%d/%m/%Y}.")
    _dire(
        f"{bilan.acceptees} lignes acceptées, {bilan.ecartees} écartées, {bilan.signalees} à regarder ; "
        f"{charge.nouvelles} personnes nouvelles, {charge.connues} déjà connues."
    )
    if charge.sans_portefeuille:
        _dire(f"{charge.sans_portefeuille} agents ne relèvent d’aucun portefeuille : ils sont à rattacher.")
    if charge.ailleurs:
        _dire(f"{charge.ailleurs} agents sont déjà suivis par une autre académie : ils n’ont pas changé.")
    _dire(f"Rapport : {rapport}")
    _dire(f"Lignes acceptées : {acceptees}")


def _phrase(refus: FichierRefuse | OSError) -> str:
    if isinstance(refus, FichierRefuse):
        return str(refus)
    return f"Le fichier {refus.filename or ''} ne peut pas être lu ou écrit ({refus.strerror})."


def _dire(phrase: str) -> None:
    sys.stdout.write(f"{phrase}\n")
