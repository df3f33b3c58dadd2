"""asyncapi.yaml, topics.yaml and the folder of events tell the same story."""

import re

import contracts
from contracts import asyncapi

TYPE = re.compile(r"^[a-z]+(\.[a-z_]+)+\.v[1-9][0-9]*$")


def test_asyncapi_is_what_the_generator_writes() -> None:
    written = (contracts.FOLDER / "asyncapi.yaml").read_text(encoding="utf-8")
    assert written == asyncapi.text(), "run: python -m contracts.asyncapi"


def test_the_folder_of_events_holds_the_types_of_the_topics_and_nothing_else() -> None:
    files = {path.name for path in (contracts.FOLDER / "events").iterdir()}
    wanted = {f"{type_}.{kind}.json" for type_ in contracts.TYPES for kind in ("schema", "example")}
    assert files == wanted


def test_a_type_is_written_on_one_topic_only_and_named_after_its_writer() -> None:
    assert len(set(contracts.TYPES)) == len(contracts.TYPES)
    for topic in contracts.TOPICS.values():
        for type_ in topic.types:
            assert TYPE.match(type_), type_
            assert type_.startswith(f"{topic.writer}."), type_
