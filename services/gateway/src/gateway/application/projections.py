"""From events to lines: what each message changes in what the gateway shows."""

from collections.abc import Iterable, Mapping
from typing import Any

from chassis.subscriptions import LineUpdate
from gateway.application.lignes import (
    DEMANDES,
    FILE,
    FILS,
    Line,
    line_id,
    of_changement,
    of_element,
    of_fil,
    of_message,
    situation,
)

Agent = Mapping[str, Any] | None


def changement_lines(data: Mapping[str, Any], seq: int, agent: Agent) -> list[LineUpdate]:
    id = line_id("dossier", data["agent_id"], data["changement_id"])
    return _queue_and_requests(id, seq, of_changement(data), agent)


def element_lines(data: Mapping[str, Any], seq: int, agent: Agent) -> list[LineUpdate]:
    id = line_id("cv", data["agent_id"], data["element_id"])
    return _queue_and_requests(id, seq, of_element(data), agent)


def fil_lines(data: Mapping[str, Any], seq: int, agent: Agent) -> list[LineUpdate]:
    """A notice asks nothing of the gestionnaire: it is not in the queue."""
    fil = {**of_fil(data), "portefeuille_id": situation(agent)["portefeuille_id"]}
    updates = [LineUpdate(FILS, data["fil_id"], seq, fil)]
    if data["nature"] == "echange":
        id = line_id("courrier", data["fil_id"], data["fil_id"])
        updates.append(LineUpdate(FILE, id, seq, {**of_message(data), **situation(agent)}))
    return updates


def _queue_and_requests(id: str, seq: int, line: Line, agent: Agent) -> list[LineUpdate]:
    queued = {**line, **situation(agent)}
    return [LineUpdate(FILE, id, seq, queued), LineUpdate(DEMANDES, id, seq, line)]


def recipients(updates: Iterable[LineUpdate]) -> frozenset[str]:
    """Who may want to look again: the agents, and the portefeuilles the lines stand in."""
    found: set[Any] = set()
    for update in updates:
        found |= {update.fields.get("agent"), update.fields.get("portefeuille_id")}
    return frozenset(found - {None})
