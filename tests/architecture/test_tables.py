"""The tables that make a service readable agree with the contracts and with the lexicon."""

import importlib
from collections.abc import Iterable
from typing import Any

import pytest

import contracts
from tests.architecture.sources import ROOT

WRITERS = ("identity", "dossier", "cv", "courrier")
READERS = ("dossier", "cv", "courrier", "gateway")
WITH_STATES = ("dossier", "cv", "courrier")


def table(module: str, name: str) -> Any:
    return getattr(importlib.import_module(module), name)


@pytest.mark.parametrize("service", WRITERS)
def test_a_service_publishes_exactly_the_types_the_topics_table_gives_it(service: str) -> None:
    published = {
        publication.type for publication in table(f"{service}.adapters.publications", "PUBLICATIONS").values()
    }
    declared = {
        type_ for topic in contracts.TOPICS.values() if topic.writer == service for type_ in topic.types
    }
    assert published == declared


@pytest.mark.parametrize("service", READERS)
def test_a_service_subscribes_to_exactly_the_topics_the_table_says_it_reads(service: str) -> None:
    subscribed = {
        subscription.topic for subscription in table(f"{service}.entrypoints.abonnements", "ABONNEMENTS")
    }
    declared = {topic.name for topic in contracts.TOPICS.values() if service in topic.readers}
    assert subscribed == declared


@pytest.mark.parametrize("service", READERS)
def test_a_service_only_listens_to_types_that_exist_on_that_topic(service: str) -> None:
    for subscription in table(f"{service}.entrypoints.abonnements", "ABONNEMENTS"):
        assert set(subscription.types) <= set(contracts.TOPICS[subscription.topic].types)
        assert subscription.group.startswith(f"{service}.")


@pytest.mark.parametrize("service", WITH_STATES)
def test_the_lexicon_shows_the_transitions_as_the_code_has_them(service: str) -> None:
    transitions = table(f"{service}.domain.transitions", "TRANSITIONS")
    assert lexicon_rows(service) == [row(transition) for transition in transitions]


def row(transition: Any) -> tuple[str, ...]:
    return (
        transition.depuis or "–",
        transition.commande,
        transition.par,
        transition.vers,
        transition.evenement,
    )


def lexicon_rows(service: str) -> list[tuple[str, ...]]:
    text = (ROOT / "docs/lexique.md").read_text(encoding="utf-8")
    section = text.split(f"<!-- transitions:{service} -->")[1].split("<!-- fin -->")[0]
    return list(cells(section.strip().splitlines()[2:]))


def cells(lines: Iterable[str]) -> Iterable[tuple[str, ...]]:
    for line in lines:
        yield tuple(cell.strip().strip("`") for cell in line.strip().strip("|").split("|"))
