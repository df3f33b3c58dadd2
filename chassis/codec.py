"""Dataclasses to stored documents and back: dates as ISO text, instants as they are, enums by value."""

from datetime import UTC, date, datetime
from typing import Any, Generic, TypeVar

from cattrs import Converter
from cattrs.strategies import configure_union_passthrough

from chassis.aggregates import Aggregate, Document

A = TypeVar("A", bound=Aggregate)


def _instant(value: Any, _: type) -> datetime:
    instant = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def make_converter() -> Converter:
    converter = Converter(forbid_extra_keys=False)
    configure_union_passthrough(str | bool | int | float | None, converter)
    converter.register_unstructure_hook(datetime, lambda value: value)
    converter.register_structure_hook(datetime, _instant)
    converter.register_unstructure_hook(date, lambda value: value.isoformat())
    converter.register_structure_hook(date, lambda value, _: date.fromisoformat(value))
    return converter


class DataclassCodec(Generic[A]):
    """The codec of an aggregate written as dataclasses. Unknown stored fields are ignored."""

    def __init__(self, kind: type[A]) -> None:
        self._kind = kind
        self._converter = make_converter()

    def to_document(self, aggregate: A) -> Document:
        document: Document = self._converter.unstructure(aggregate, unstructure_as=self._kind)
        return document

    def from_document(self, document: Document) -> A:
        return self._converter.structure(document, self._kind)
