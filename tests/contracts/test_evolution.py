"""A published event may only change in ways nobody notices who reads the old one."""

import pytest

import contracts
from contracts.evolution import breaks, frozen

V1 = {
    "type": "object",
    "required": ["etat"],
    "properties": {"etat": {"type": "string", "enum": ["ouvert", "clos"]}, "pieces": {"type": "integer"}},
}


def changed(**parts: object) -> dict[str, object]:
    return {**V1, **parts}


def test_a_new_optional_field_and_a_new_enum_value_break_nothing() -> None:
    etat = {"type": "string", "enum": ["ouvert", "clos", "gele"]}
    assert (
        breaks(V1, changed(properties={**V1["properties"], "etat": etat, "note": {"type": "integer"}})) == []
    )


@pytest.mark.parametrize(
    ("present", "sentence"),
    [
        (changed(required=["etat", "pieces"]), "data: pieces is newly required"),
        (changed(required=[]), "data: etat is no longer required"),
        (changed(properties={"etat": V1["properties"]["etat"]}), "data.pieces: removed"),
        (
            changed(properties={**V1["properties"], "pieces": {"type": "string"}}),
            "data.pieces: the type changed",
        ),
        (
            changed(properties={**V1["properties"], "etat": {"type": "string", "enum": ["ouvert"]}}),
            "data.etat: clos left the enum",
        ),
    ],
)
def test_what_breaks_a_reader_is_named(present: dict[str, object], sentence: str) -> None:
    assert breaks(V1, present) == [sentence]


@pytest.mark.parametrize("type_", contracts.TYPES)
def test_no_published_type_was_broken(type_: str) -> None:
    assert type_ in frozen(), "a new type: run python -m contracts.evolution"
    assert breaks(frozen()[type_], contracts.schema(type_)) == []
