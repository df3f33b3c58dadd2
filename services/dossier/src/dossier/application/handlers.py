"""Command → what is done. One function per command; the domain decides, the repository writes once."""

from collections.abc import Callable, Mapping
from typing import Any

from chassis.aggregates import Execution
from chassis.commands import CommandContext, Expected
from dossier.application import commandes, decisions, demandes, versements
from dossier.application.ports import Application
from dossier.domain.dossier import Dossier

Fait = Execution[Dossier]
Handler = Callable[[Application, Any, CommandContext, Expected | None], Fait]

HANDLERS: Mapping[type, Handler] = {
    commandes.SignalerChangement: demandes.signaler,
    commandes.CompleterChangement: demandes.completer,
    commandes.AnnulerChangement: demandes.annuler,
    commandes.PrendreEnCharge: decisions.prendre_en_charge,
    commandes.LibererChangement: decisions.liberer,
    commandes.AccepterChangement: decisions.accepter,
    commandes.RefuserChangement: decisions.refuser,
    commandes.DemanderComplement: decisions.demander_complement,
    commandes.LibererApresTransfert: decisions.liberer_apres_transfert,
    commandes.ChargerExtrait: versements.charger_extrait,
    commandes.VerserElementDuCV: versements.verser_element_du_cv,
}


def executer(
    application: Application, commande: Any, context: CommandContext, expected: Expected | None = None
) -> Fait:
    """Runs a command once. Raises the chassis' errors, in French, when it is refused."""
    return HANDLERS[type(commande)](application, commande, context, expected)
