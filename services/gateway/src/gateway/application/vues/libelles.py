"""Words for codes, from the rubrique definitions of dossier and cv."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Definition = Mapping[str, Any]


@dataclass(frozen=True)
class Libelles:
    """`dossier` and `cv` are definitions by rubrique code; a missing word falls back on the code."""

    dossier: Mapping[str, Definition] = field(default_factory=dict)
    cv: Mapping[str, Definition] = field(default_factory=dict)

    @classmethod
    def of(cls, dossier: Iterable[Definition], cv: Iterable[Definition]) -> "Libelles":
        return cls({d["code"]: d for d in dossier}, {d["code"]: d for d in cv})

    def rubrique(self, service: str, code: str | None) -> str:
        definitions = self.cv if service == "cv" else self.dossier
        return definitions.get(code or "", {}).get("libelle") or readable(code)

    def cas(self, rubrique: str, code: str | None) -> str:
        cases = self.dossier.get(rubrique, {}).get("cas", ())
        found = next((case["libelle"] for case in cases if case["code"] == code), None)
        return found or readable(code)

    def titre(self, line: Mapping[str, Any]) -> str:
        """What a line is about: « Adresse », « CV : Diplômes », « Message »."""
        if line["service"] == "courrier":
            return "Message"
        rubrique = self.rubrique(line["service"], line["rubrique"])
        return f"CV : {rubrique}" if line["service"] == "cv" else rubrique

    def detail(self, line: Mapping[str, Any]) -> str:
        return self.cas(line["rubrique"], line["cas"]) if line["service"] == "dossier" else ""


def jours_ouvres(jours: int | None) -> str | None:
    if jours is None:
        return None
    return f"{jours} jour ouvré" if jours == 1 else f"{jours} jours ouvrés"


def readable(code: str | None) -> str:
    return (code or "").replace("_", " ").replace("-", " ").capitalize()
