"""What this service listens to."""

from typing import TYPE_CHECKING

from chassis.consumer import context_of
from chassis.messages import Message
from chassis.replicas import replica_subscription
from cv.application.commandes import LibererApresTransfert
from cv.application.handlers import HANDLERS

if TYPE_CHECKING:
    from cv.bootstrap import Application

RATTACHEMENTS = "cv.rattachements.v1"


def suivre_un_transfert(application: "Application", message: Message) -> None:
    """Lets go of what was taken under another portefeuille than the agent's latest known one."""
    portefeuille_id = application.outils.perimetre.portefeuille_de(message.subject)
    commande = LibererApresTransfert(message.subject, portefeuille_id)
    HANDLERS[type(commande)](application.outils, commande, context_of(message, "cv", application.clock))


ABONNEMENTS = (
    replica_subscription(
        "identity.agents",
        RATTACHEMENTS,
        ["identity.agent.situation.v1"],
        lambda application: application.agents,
        suivre_un_transfert,
    ),
    replica_subscription(
        "identity.portefeuilles",
        RATTACHEMENTS,
        ["identity.portefeuille.situation.v1"],
        lambda application: application.portefeuilles,
    ),
)
