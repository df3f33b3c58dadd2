"""The contract of the extract (`contracts/imports/extrait-rh.schema.json`), told in French."""

import json
from collections.abc import Mapping
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError, best_match

from contracts import FOLDER
from identity.domain.controles import Anomalie

RAISONS = {
    "type": "Cette valeur n’est pas du type attendu.",
    "enum": "Cette valeur ne fait pas partie de la liste.",
    "const": "Cette valeur n’est pas celle attendue.",
    "pattern": "Cette valeur n’a pas la forme attendue.",
    "format": "Cette date n’existe pas ou n’est pas écrite AAAA-MM-JJ.",
    "minLength": "Cette valeur est vide.",
    "maxLength": "Cette valeur est trop longue.",
    "minItems": "Cette liste est trop courte.",
    "maxItems": "Cette liste est trop longue.",
    "minimum": "Ce nombre est trop petit.",
    "maximum": "Ce nombre est trop grand.",
    "additionalProperties": "Un champ n’est pas prévu ici.",
}


class ContratExtrait:
    """`Forme` by JSON Schema. Reasons name fields and kinds of faults, never a value."""

    def __init__(self) -> None:
        schema = json.loads((FOLDER / "imports/extrait-rh.schema.json").read_text(encoding="utf-8"))
        self._validators = {
            nature: Draft202012Validator(
                {"$ref": f"#/$defs/{nature}", "$defs": schema["$defs"]}, format_checker=FormatChecker()
            )
            for nature in schema["$defs"]
        }

    def defaut(self, ligne: Mapping[str, Any], nature: str) -> Anomalie | None:
        error = best_match(self._validators[nature].iter_errors(ligne))
        if error is None:
            return None
        if error.validator == "required":
            return Anomalie(_path(error, _missing(error)), "Ce champ manque.")
        return Anomalie(_path(error), RAISONS.get(str(error.validator), "Cette valeur ne convient pas."))


def _missing(error: ValidationError) -> str:
    required: Any = error.validator_value
    given: Any = error.instance
    return str(next(name for name in required if name not in given))


def _path(error: ValidationError, last: str | None = None) -> str:
    text = ""
    for part in [*error.absolute_path, *([last] if last else [])]:
        text += f"[{part}]" if isinstance(part, int) else f".{part}"
    return text.removeprefix(".")
