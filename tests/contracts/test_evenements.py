"""The contracts hold together: each type has a closed schema and an example that follows it."""

import copy
import re
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import contracts
from chassis.messages import Message

SAFE_STRINGS = ("enum", "const", "pattern", "format")
PERSONAL = re.compile(
    r"nom|prenom|numen|adresse|iban|courriel|telephone|texte|message$|commentaire|naissance"
)


@pytest.mark.parametrize("type_", contracts.TYPES)
def test_each_type_has_a_valid_schema_with_a_title_and_a_description(type_: str) -> None:
    form = contracts.schema(type_)
    Draft202012Validator.check_schema(form)
    assert form["$id"] == f"urn:iprof:{type_}"
    assert form["title"]
    assert form["description"]


@pytest.mark.parametrize("type_", contracts.TYPES)
def test_each_schema_is_closed_and_declares_all_it_requires(type_: str) -> None:
    form = contracts.schema(type_)
    assert form["additionalProperties"] is False
    assert set(form["required"]) <= set(form["properties"])


@pytest.mark.parametrize("type_", contracts.TYPES)
def test_each_example_follows_its_schema_and_survives_the_wire(type_: str) -> None:
    wire = contracts.example(type_)
    assert wire["type"] == type_
    contracts.validate_produced(wire)
    message = Message.from_wire(wire)
    assert message.to_wire() == {**wire, "data": wire["data"]}
    assert message.source == contracts.topic_of(type_).writer
    assert message.id.startswith(f"{message.source}:")
    assert message.id.endswith(f":{message.subject}:{message.seq}")


@pytest.mark.parametrize("type_", contracts.TYPES)
def test_the_key_of_the_topic_is_the_subject_of_the_event(type_: str) -> None:
    wire = contracts.example(type_)
    assert wire["data"][contracts.topic_of(type_).key] == wire["subject"]


@pytest.mark.parametrize("type_", contracts.TYPES)
def test_no_string_is_free_text_and_no_field_has_a_personal_name(type_: str) -> None:
    for path, form in _strings(contracts.schema(type_)):
        assert any(key in form for key in SAFE_STRINGS), f"{type_}: {path} is free text"
    for name in _field_names(contracts.schema(type_)):
        assert not PERSONAL.search(name.removesuffix("_message_id")) or name in ALLOWED, f"{type_}: {name}"


# Counts, instants and ids whose name only looks personal.
ALLOWED = {"dernier_message_le", "message_id"}


@pytest.mark.parametrize("type_", contracts.TYPES)
def test_a_producer_may_not_add_a_field_but_a_consumer_reads_it_tolerantly(type_: str) -> None:
    wire = copy.deepcopy(contracts.example(type_))
    wire["data"]["champ_venu_plus_tard"] = "x"
    with pytest.raises(contracts.ContratViole):
        contracts.validate_produced(wire)
    contracts.validate_consumed(wire)


@pytest.mark.parametrize("type_", contracts.TYPES)
def test_a_message_without_a_needed_field_is_refused_by_both(type_: str) -> None:
    wire = copy.deepcopy(contracts.example(type_))
    missing = contracts.topic_of(type_).key
    del wire["data"][missing]
    for validate in (contracts.validate_produced, contracts.validate_consumed):
        with pytest.raises(contracts.ContratViole, match=re.escape(type_)):
            validate(wire)


def _strings(form: Any, path: str = "data") -> list[tuple[str, dict[str, Any]]]:
    if isinstance(form, list):
        return [found for part in form for found in _strings(part, path)]
    if not isinstance(form, dict):
        return []
    types = form.get("type", [])
    here = [(path, form)] if "string" in ([types] if isinstance(types, str) else types) else []
    return here + [found for name, part in form.items() for found in _strings(part, f"{path}.{name}")]


def _field_names(form: Any) -> list[str]:
    if isinstance(form, list):
        return [name for part in form for name in _field_names(part)]
    if not isinstance(form, dict):
        return []
    here = list(form["properties"]) if isinstance(form.get("properties"), dict) else []
    return here + [name for part in form.values() for name in _field_names(part)]
