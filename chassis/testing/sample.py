"""The smallest aggregate that has everything: a list of notes, each with its revision."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from chassis.aggregates import AggregateKind, Publication
from chassis.codec import DataclassCodec


@dataclass
class Note:
    text: str
    rev: int = 0
    struck: bool = False


@dataclass(frozen=True)
class NoteWritten:
    item: str


@dataclass(frozen=True)
class NoteStruck:
    item: str
    motif: str = "mistake"


@dataclass
class Notebook:
    id: str
    notes: dict[str, Note] = field(default_factory=dict)

    @property
    def items(self) -> Mapping[str, Note]:
        return self.notes

    def write(self, item: str, text: str) -> Sequence[NoteWritten]:
        if item in self.notes:
            return []
        self.notes[item] = Note(text)
        return [NoteWritten(item)]

    def strike(self, item: str) -> Sequence[NoteStruck]:
        self.notes[item].struck = True
        return [NoteStruck(item)]


def _state(notebook: Notebook, event: NoteWritten | NoteStruck) -> dict[str, object]:
    note = notebook.notes[event.item]
    return {"note_id": event.item, "length": len(note.text), "struck": note.struck}


NOTEBOOK = AggregateKind[Notebook](
    service="sample",
    name="notebook",
    codec=DataclassCodec(Notebook),
    publications={
        NoteWritten: Publication("sample.note.written.v1", _state),
        NoteStruck: Publication("sample.note.struck.v1", _state),
    },
)
