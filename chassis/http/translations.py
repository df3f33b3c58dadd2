"""Marshmallow and webargs say what is wrong in English; people read French."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from chassis.errors import ErreurDeChamp

INVALID = "Cette réponse n’est pas valable."
EXACT: Mapping[str, str] = {
    "Missing data for required field.": "Répondez à cette question.",
    "Field may not be null.": "Répondez à cette question.",
    "Unknown field.": "Ce champ n’est pas attendu ici.",
    "Invalid value.": INVALID,
    "Invalid input.": INVALID,
    "Invalid type.": INVALID,
    "Invalid input type.": "Les données envoyées n’ont pas la forme attendue.",
    "Invalid JSON body.": "Les données envoyées ne sont pas du JSON lisible.",
    "Not a valid list.": "Une liste est attendue.",
    "Not a valid mapping type.": "Les données envoyées n’ont pas la forme attendue.",
    "Not a valid string.": "Un texte est attendu.",
    "Not a valid utf-8 string.": "Ce texte contient des caractères illisibles.",
    "Not a valid UUID.": "Cet identifiant n’est pas valable.",
    "Not a valid number.": "Donnez un nombre.",
    "Number too large.": "Ce nombre est trop grand.",
    "Not a valid integer.": "Donnez un nombre entier.",
    "Not a valid boolean.": "Répondez par oui ou par non.",
    "Not a valid date.": "Donnez une date qui existe, par exemple 27/03/2026.",
    "Not a valid datetime.": "Donnez une date et une heure qui existent.",
    "Not a valid time.": "Donnez une heure qui existe.",
    "Not a valid email address.": "Donnez une adresse électronique complète, comme nom@exemple.fr.",
    "Not a valid URL.": "Donnez une adresse internet complète.",
    "String does not match expected pattern.": "Cette réponse n’a pas la forme attendue.",
}
PATTERNS: Sequence[tuple[re.Pattern[str], str]] = (
    (re.compile(r"Shorter than minimum length 1\."), "Répondez à cette question."),
    (re.compile(r"Shorter than minimum length (\d+)\."), r"Écrivez au moins \1 caractères."),
    (re.compile(r"Longer than maximum length (\d+)\."), r"Écrivez au plus \1 caractères."),
    (
        re.compile(r"Length must be between (\d+) and (\d+)\."),
        r"Écrivez entre \1 et \2 caractères.",
    ),
    (re.compile(r"Length must be (\d+)\."), r"Écrivez exactement \1 caractères."),
    (re.compile(r"Must be one of: .*", re.DOTALL), "Choisissez une des réponses proposées."),
    (re.compile(r"Must be greater than or equal to ([^ ]+?)\."), r"Donnez une valeur d’au moins \1."),
    (re.compile(r"Must be less than or equal to ([^ ]+?)\."), r"Donnez une valeur d’au plus \1."),
    (
        re.compile(r"Must be greater than or equal to ([^ ]+) and less than or equal to ([^ ]+?)\."),
        r"Donnez une valeur entre \1 et \2.",
    ),
    (re.compile(r"Must be (?:greater|less) than .*"), INVALID),
    (re.compile(r"Must be equal to .*"), INVALID),
    (re.compile(r"Not a valid .*"), INVALID),
)


def in_french(message: str) -> str:
    """The French sentence for a library's message; a message that is already ours stays as it is."""
    if message in EXACT:
        return EXACT[message]
    for pattern, sentence in PATTERNS:
        if match := pattern.fullmatch(message):
            return match.expand(sentence)
    return message


def field_errors(messages: Any, path: tuple[str, ...] = ()) -> Iterator[ErreurDeChamp]:
    """Flattens marshmallow's nested messages into `champ` = dotted path."""
    if isinstance(messages, Mapping):
        for name, part in messages.items():
            yield from field_errors(part, path if name == "_schema" else (*path, str(name)))
    elif isinstance(messages, list | tuple):
        for part in messages:
            yield from field_errors(part, path)
    else:
        yield ErreurDeChamp(".".join(path), in_french(str(messages)))
