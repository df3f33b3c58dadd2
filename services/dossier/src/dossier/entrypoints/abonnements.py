"""What dossier listens to: wire type → command. Handlers take the wired service first."""

from collections.abc import Sequence

from chassis.consumer import Subscription, context_of
from chassis.messages import Message
from chassis.replicas import replica_subscription
from chassis.subscriptions import AnySubscription
from dossier.application.commandes import LibererApresTransfert, VerserElementDuCV
from dossier.application.handlers import executer
from dossier.application.versements import DIPLOMES
from dossier.bootstrap import Service

RATTACHEMENTS = "dossier.rattachements.v1"
CV = "dossier.cv.v1"
IMPORT = "import"
PREMIER_ETAT = 1


def quand_agent_situe(service: Service, message: Message) -> None:
    """Her portefeuille may have changed: who no longer manages her lets go of her requests."""
    if message.data["nature"] == "agent" and message.data["motif"] != IMPORT:
        _liberer(service, message, message.subject)


def quand_portefeuille_situe(service: Service, message: Message) -> None:
    """Its gestionnaires may have changed: the same, for each of its agents."""
    if message.seq > PREMIER_ETAT:
        for agent in service.application.agents.find(portefeuille_id=message.subject):
            _liberer(service, message, agent["_id"])


def quand_element_verifie(service: Service, message: Message) -> None:
    """A verified diploma of the CV enters the file; other rubriques of the CV have no place there."""
    if message.data["rubrique"] != DIPLOMES:
        return
    commande = VerserElementDuCV(message.subject, message.data["element_id"], message.data["version"])
    executer(service.application, commande, context_of(message, "dossier", service.clock))


def _liberer(service: Service, message: Message, agent_id: str) -> None:
    """An agent whose file is not loaded yet has no request to release."""
    if service.application.dossiers.read(agent_id) is not None:
        context = context_of(message, "dossier", service.clock)
        executer(service.application, LibererApresTransfert(agent_id), context)


ABONNEMENTS: Sequence[AnySubscription] = (
    replica_subscription(
        "identity.agents",
        RATTACHEMENTS,
        ["identity.agent.situation.v1"],
        lambda service: service.application.agents,
        quand_agent_situe,
    ),
    replica_subscription(
        "identity.portefeuilles",
        RATTACHEMENTS,
        ["identity.portefeuille.situation.v1"],
        lambda service: service.application.portefeuilles,
        quand_portefeuille_situe,
    ),
    Subscription("cv.evenements", CV, {"cv.element.verifie.v1": quand_element_verifie}),
)
