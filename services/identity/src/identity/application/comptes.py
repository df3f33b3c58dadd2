"""Accounts wait in identity and are made in the sign-in server one by one, demonstration ones first."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from chassis.commands import CommandContext
from chassis.repository import Repository
from identity.application.ports import (
    Annuaire,
    CompteRefuse,
    ComptesDeDemonstration,
    FicheCompte,
    Personnes,
    Portefeuilles,
)
from identity.domain.personne import Personne

ORDRE_DE_LECTURE = ("enseignant", "gestionnaire")


@dataclass(frozen=True)
class Tenue:
    """What one drain needs. `mot_de_passe` is None outside the demonstration profile."""

    personnes: Repository[Personne]
    lectures: Personnes
    portefeuilles: Portefeuilles
    annuaire: Annuaire
    demonstration: ComptesDeDemonstration
    mot_de_passe: str | None
    signaler: Callable[[str, str], None]
    """Told (event, personne_id) of what somebody should know of."""


def tenir_les_comptes(
    tenue: Tenue, contexte: Callable[[], CommandContext], arrete: Callable[[], bool]
) -> int:
    """One look at what waits; how many were treated. Stops early when `arrete` says so.

    Raises Transitoire while the sign-in server is down and Indisponible while the base is.
    """
    fait = 0
    en_demonstration = False
    for id in tenue.lectures.comptes_a_traiter():
        if arrete():
            break
        personne = tenue.personnes.get(id)
        if en_demonstration and personne.compte.demonstration is None:
            publier_les_comptes_de_demonstration(tenue)
        en_demonstration = personne.compte.demonstration is not None
        _traiter(personne, tenue, contexte())
        fait += 1
    if en_demonstration:
        publier_les_comptes_de_demonstration(tenue)
    return fait


def publier_les_comptes_de_demonstration(tenue: Tenue) -> None:
    if tenue.mot_de_passe is not None:
        tenue.demonstration.publier(_comptes_connus(tenue, tenue.mot_de_passe))


def _traiter(personne: Personne, tenue: Tenue, contexte: CommandContext) -> None:
    if personne.compte.etat == "a_desactiver":
        tenue.annuaire.fermer(personne.identifiant)
        tenue.personnes.execute(personne.id, contexte, Personne.fermer_compte)
        return
    try:
        avec_courriel = tenue.annuaire.ouvrir(_fiche(personne, tenue.mot_de_passe))
    except CompteRefuse as refus:
        raison = refus.code
        tenue.personnes.execute(personne.id, contexte, lambda p: p.signaler_compte(raison))
        tenue.signaler("compte.a_corriger", personne.id)
        return
    tenue.personnes.execute(personne.id, contexte, lambda p: p.ouvrir_compte(avec_courriel=avec_courriel))
    if not avec_courriel:
        tenue.signaler("compte.ouvert_sans_courriel", personne.id)


def _fiche(personne: Personne, mot_de_passe: str | None) -> FicheCompte:
    return FicheCompte(
        personne_id=personne.id,
        identifiant=personne.identifiant,
        academie=personne.academie,
        roles=tuple(personne.roles),
        courriel=personne.compte.courriel,
        mot_de_passe=mot_de_passe if personne.compte.demonstration is not None else None,
    )


def _comptes_connus(tenue: Tenue, mot_de_passe: str) -> Iterator[dict[str, Any]]:
    for personne in sorted(tenue.lectures.de_demonstration(), key=_ordre_de_lecture):
        yield {
            "identifiant": personne.identifiant,
            "mot_de_passe": mot_de_passe,
            "role": personne.roles[0],
            "nom": f"{personne.etat_civil.prenom} {personne.etat_civil.nom}",
            "portefeuilles": _codes(personne, tenue.portefeuilles),
        }


def _ordre_de_lecture(personne: Personne) -> int:
    """Agents, gestionnaires, then the others; each group stays in the order of the file."""
    role = personne.roles[0]
    return ORDRE_DE_LECTURE.index(role) if role in ORDRE_DE_LECTURE else len(ORDRE_DE_LECTURE)


def _codes(personne: Personne, portefeuilles: Portefeuilles) -> list[str]:
    """The portefeuille an agent is in, those a gestionnaire is in charge of."""
    return [
        portefeuille.code
        for portefeuille in portefeuilles.tous(personne.academie)
        if portefeuille.id == personne.portefeuille_id or personne.id in portefeuille.gestionnaires
    ]
