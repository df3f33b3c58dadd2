"""What this service listens to."""

from typing import TYPE_CHECKING

from chassis.consumer import Subscription, context_of
from chassis.messages import Message
from chassis.replicas import replica_subscription
from courrier.application.commandes import EnvoyerAvis, ReadresserFils
from courrier.application.handlers import HANDLERS

if TYPE_CHECKING:
    from courrier.bootstrap import Application

RATTACHEMENTS = "courrier.rattachements.v1"
AVIS = "courrier.avis.v1"


def suivre_un_transfert(application: "Application", message: Message) -> None:
    """Threads follow the agent to her latest known portefeuille; an unknown one moves nothing."""
    if application.agents.get(message.subject) is None:
        return
    portefeuille_id = application.outils.perimetre.portefeuille_de(message.subject)
    commande = ReadresserFils(message.subject, portefeuille_id)
    contexte = context_of(message, "courrier", application.clock)
    HANDLERS[type(commande)](application.outils, commande, contexte)


def avertir_d_un_changement(application: "Application", message: Message) -> None:
    data = message.data
    _avertir(
        application,
        message,
        EnvoyerAvis(
            data["agent_id"],
            message.type,
            message.id,
            data["changement_id"],
            data["rubrique"],
            data["reference"],
        ),
    )


def avertir_d_un_element(application: "Application", message: Message) -> None:
    data = message.data
    _avertir(
        application,
        message,
        EnvoyerAvis(
            data["agent_id"],
            message.type,
            message.id,
            data["element_id"],
            data["rubrique"],
            nature=data["nature"],
        ),
    )


def _avertir(application: "Application", message: Message, commande: EnvoyerAvis) -> None:
    contexte = context_of(message, "courrier", application.clock)
    HANDLERS[type(commande)](application.outils, commande, contexte)


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
    Subscription(
        topic="dossier.evenements",
        group=AVIS,
        handlers={
            "dossier.changement.pris_en_charge.v1": avertir_d_un_changement,
            "dossier.changement.complement_demande.v1": avertir_d_un_changement,
            "dossier.changement.accepte.v1": avertir_d_un_changement,
            "dossier.changement.refuse.v1": avertir_d_un_changement,
        },
    ),
    Subscription(
        topic="cv.evenements",
        group=AVIS,
        handlers={
            "cv.element.pris_en_charge.v1": avertir_d_un_element,
            "cv.element.verifie.v1": avertir_d_un_element,
            "cv.element.a_corriger.v1": avertir_d_un_element,
        },
    ),
)
