"""What the people in charge change: who looks after whom, who stands in, whose account closes."""

from dataclasses import dataclass
from datetime import date

from chassis.aggregates import Execution
from chassis.commands import CommandContext, Expected
from chassis.errors import DonneesInvalides, ErreurDeChamp, Interdit, Introuvable
from chassis.repository import Repository
from identity.domain.personne import AGENT, Personne
from identity.domain.portefeuille import Portefeuille, Suppleance

INCONNU = "Cette page n’existe pas ou ne vous est pas ouverte."
COMPTE_FERME = "Votre compte est désactivé. Adressez-vous à votre administrateur."
GESTIONNAIRE = "gestionnaire"


@dataclass(frozen=True)
class Depots:
    personnes: Repository[Personne]
    portefeuilles: Repository[Portefeuille]


@dataclass(frozen=True)
class TransfererAgent:
    agent: str
    portefeuille_id: str
    attendu: Expected | None = None


@dataclass(frozen=True)
class NommerSuppleant:
    """Both days included."""

    portefeuille_id: str
    personne_id: str
    du: date
    au: date
    attendu: Expected | None = None


@dataclass(frozen=True)
class DesactiverCompte:
    personne_id: str
    attendu: Expected | None = None


def transferer_agent(
    commande: TransfererAgent, contexte: CommandContext, depots: Depots
) -> Execution[Personne]:
    """Raises Introuvable (not of this académie) and DonneesInvalides (no such portefeuille)."""
    _exiger_compte_actif(contexte, depots)
    agent = _de_l_academie(depots.personnes.read(commande.agent), contexte)
    if agent.nature != AGENT:
        raise Introuvable(INCONNU)
    portefeuille = depots.portefeuilles.read(commande.portefeuille_id)
    if portefeuille is None or portefeuille.academie != agent.academie:
        raise DonneesInvalides([ErreurDeChamp("portefeuille_id", "Choisissez un portefeuille de la liste.")])
    return depots.personnes.execute(
        commande.agent,
        contexte,
        lambda personne: personne.transferer(commande.portefeuille_id),
        expected=commande.attendu,
    )


def nommer_suppleant(
    commande: NommerSuppleant, contexte: CommandContext, depots: Depots
) -> Execution[Portefeuille]:
    """Raises Introuvable, DonneesInvalides (dates, not a gestionnaire), Conflit (the titular herself)."""
    _exiger_compte_actif(contexte, depots)
    portefeuille = depots.portefeuilles.read(commande.portefeuille_id)
    if portefeuille is None or portefeuille.academie != contexte.acteur.academie:
        raise Introuvable(INCONNU)
    suppleante = depots.personnes.read(commande.personne_id)
    if suppleante is None or not _peut_suppleer(suppleante, portefeuille):
        raise DonneesInvalides([ErreurDeChamp("personne_id", "Choisissez un gestionnaire de l’académie.")])
    suppleance = Suppleance(commande.personne_id, commande.du, commande.au)
    return depots.portefeuilles.execute(
        commande.portefeuille_id,
        contexte,
        lambda p: p.nommer_suppleant(suppleance),
        expected=commande.attendu,
    )


def desactiver_compte(
    commande: DesactiverCompte, contexte: CommandContext, depots: Depots
) -> Execution[Personne]:
    """Raises Introuvable (not of this académie)."""
    _exiger_compte_actif(contexte, depots)
    _de_l_academie(depots.personnes.read(commande.personne_id), contexte)
    return depots.personnes.execute(
        commande.personne_id, contexte, Personne.desactiver, expected=commande.attendu
    )


def _exiger_compte_actif(contexte: CommandContext, depots: Depots) -> None:
    """A token outlives its account by some minutes. Raises Interdit, Introuvable (nobody we know)."""
    if not _connue(depots.personnes.read(contexte.acteur.id)).compte_actif:
        raise Interdit(COMPTE_FERME)


def _peut_suppleer(personne: Personne, portefeuille: Portefeuille) -> bool:
    return (
        GESTIONNAIRE in personne.roles
        and personne.compte_actif
        and personne.academie == portefeuille.academie
    )


def _de_l_academie(personne: Personne | None, contexte: CommandContext) -> Personne:
    connue = _connue(personne)
    if connue.academie != contexte.acteur.academie:
        raise Introuvable(INCONNU)
    return connue


def _connue(personne: Personne | None) -> Personne:
    if personne is None:
        raise Introuvable(INCONNU)
    return personne
