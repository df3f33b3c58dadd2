"""Following threads: reading, taking, closing, and following the agent to another portefeuille."""

from collections.abc import Callable, Sequence

from chassis.aggregates import Execution
from chassis.commands import CommandContext, Expected
from courrier.application.commandes import CloreFil, LireFil, PrendreEnCharge, ReadresserFils, RouvrirFil
from courrier.application.outils import Outils
from courrier.application.questions import fil as voir
from courrier.domain import echange
from courrier.domain.echange import Auteur
from courrier.domain.evenements import EvenementDeFil
from courrier.domain.fil import AVIS, Fil
from courrier.domain.transitions import SYSTEME

Acte = Callable[[Fil, Auteur], Sequence[EvenementDeFil]]


def lire(
    outils: Outils, commande: LireFil, contexte: CommandContext, _: Expected | None = None
) -> Execution[Fil]:
    return _agir(
        outils, commande.fil, contexte, None, lambda fil, auteur: echange.lire(fil, auteur, contexte.now)
    )


def prendre_en_charge(
    outils: Outils, commande: PrendreEnCharge, contexte: CommandContext, attendu: Expected | None
) -> Execution[Fil]:
    return _agir(outils, commande.fil, contexte, attendu, echange.prendre_en_charge)


def clore(
    outils: Outils, commande: CloreFil, contexte: CommandContext, attendu: Expected | None
) -> Execution[Fil]:
    return _agir(outils, commande.fil, contexte, attendu, echange.clore)


def rouvrir(
    outils: Outils, commande: RouvrirFil, contexte: CommandContext, attendu: Expected | None
) -> Execution[Fil]:
    return _agir(outils, commande.fil, contexte, attendu, echange.rouvrir)


def readresser(outils: Outils, commande: ReadresserFils, contexte: CommandContext) -> None:
    """A no-op for threads already there: safe to give again."""
    auteur = Auteur(contexte.acteur.id, SYSTEME)
    for entete in outils.listes.de_l_agent(commande.agent, None):
        if entete.nature != AVIS and entete.portefeuille_id != commande.portefeuille_id:
            outils.depot.execute(
                entete.id, contexte, lambda fil: echange.readresser(fil, commande.portefeuille_id, auteur)
            )


def _agir(
    outils: Outils, fil_id: str, contexte: CommandContext, attendu: Expected | None, acte: Acte
) -> Execution[Fil]:
    _, auteur = voir(outils, contexte.acteur, fil_id, contexte.now)
    return outils.depot.execute(fil_id, contexte, lambda fil: acte(fil, auteur), expected=attendu)
