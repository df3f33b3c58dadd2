"""What the gateway listens to: rights first and alone, then everybody's events as lines."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from chassis.messages import Message
from chassis.replicas import replica_subscription
from chassis.subscriptions import AnySubscription, LineUpdate, ProjectionSubscription
from gateway.application.lignes import GROUPE_LIGNES, GROUPE_RATTACHEMENTS, situation
from gateway.application.projections import (
    changement_lines,
    element_lines,
    fil_lines,
    recipients,
)

if TYPE_CHECKING:
    from gateway.bootstrap import Application

CHANGEMENTS = (
    "signale",
    "complete",
    "pris_en_charge",
    "libere",
    "complement_demande",
    "accepte",
    "refuse",
    "annule",
    "repris",
)
ELEMENTS = ("soumis", "pris_en_charge", "libere", "verifie", "a_corriger", "retire")
FILS = (
    "message.envoye",
    "message.lu",
    "fil.affecte",
    "fil.clos",
    "fil.rouvert",
    "avis.envoye",
)


def follow_agent(application: "Application", message: Message) -> None:
    """Her lines go where she is now managed, and whoever looks there is told."""
    _place_lines(application, message.subject)


def project_changement(application: "Application", message: Message) -> Sequence[LineUpdate]:
    return changement_lines(message.data, message.seq, _agent(application, message.data))


def project_element(application: "Application", message: Message) -> Sequence[LineUpdate]:
    return element_lines(message.data, message.seq, _agent(application, message.data))


def project_fil(application: "Application", message: Message) -> Sequence[LineUpdate]:
    return fil_lines(message.data, message.seq, _agent(application, message.data))


def after_lines(application: "Application", updates: Sequence[LineUpdate]) -> None:
    """Rights may have moved while we wrote: read them again. Then tell who may be looking."""
    before = {update.fields["agent"]: update.fields.get("portefeuille_id") for update in updates}
    for agent, portefeuille_id in before.items():
        known = situation(application.rattachements.get(agent))
        if known["portefeuille_id"] != portefeuille_id:
            application.lignes.move(agent, known)
    application.signaux.notify(recipients(updates))


def _place_lines(application: "Application", agent: str) -> None:
    place = situation(application.rattachements.get(agent))
    if application.lignes.move(agent, place) and place["portefeuille_id"]:
        application.signaux.notify([place["portefeuille_id"]])


def _agent(application: "Application", data: Any) -> Any:
    return application.rattachements.get(data["agent_id"])


def _lines_of(topic: str, prefix: str, names: Sequence[str], project: Any) -> ProjectionSubscription:
    types = {f"{prefix}.{name}.v1": project for name in names}
    return ProjectionSubscription(topic=topic, group=GROUPE_LIGNES, project=types, after=after_lines)


ABONNEMENTS: Sequence[AnySubscription] = (
    replica_subscription(
        "identity.agents",
        GROUPE_RATTACHEMENTS,
        ["identity.agent.situation.v1"],
        lambda application: application.rattachements,
        follow_agent,
    ),
    replica_subscription(
        "identity.portefeuilles",
        GROUPE_RATTACHEMENTS,
        ["identity.portefeuille.situation.v1"],
        lambda application: application.portefeuilles,
    ),
    _lines_of("dossier.evenements", "dossier.changement", CHANGEMENTS, project_changement),
    _lines_of("cv.evenements", "cv.element", ELEMENTS, project_element),
    _lines_of("courrier.evenements", "courrier", FILS, project_fil),
)
