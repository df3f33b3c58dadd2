"""The rules by which a published schema may change, and the memory of what was published.

v1 only gains optional fields and enum values; anything else is a v2 beside it.
`python -m contracts.evolution` adds to `events.frozen.json` the types that are not there yet.
"""

import json
from collections.abc import Mapping
from typing import Any

from contracts import FOLDER, TYPES, schema

FROZEN_FILE = FOLDER / "events.frozen.json"
Form = Mapping[str, Any]


def frozen() -> dict[str, Form]:
    """The schema of each type as it was first published."""
    content: dict[str, Form] = json.loads(FROZEN_FILE.read_text(encoding="utf-8"))
    return content


def breaks(published: Form, present: Form, path: str = "data") -> list[str]:
    """What a consumer or producer of the published schema could not live with, one sentence each."""
    found = [] if published.get("type") == present.get("type") else [f"{path}: the type changed"]
    found += [f"{path}: {name} is newly required" for name in _added(published, present, "required")]
    found += [f"{path}: {name} is no longer required" for name in _added(present, published, "required")]
    found += [f"{path}: {value} left the enum" for value in _added(present, published, "enum")]
    found += [
        f"{path}: {key} changed" for key in ("pattern", "format", "const") if _differ(published, present, key)
    ]
    for name, form in published.get("properties", {}).items():
        after = present.get("properties", {}).get(name)
        found += [f"{path}.{name}: removed"] if after is None else breaks(form, after, f"{path}.{name}")
    if isinstance(published.get("items"), Mapping):
        found += breaks(published["items"], present.get("items", {}), f"{path}[]")
    return found


def freeze_new_types() -> None:
    """Remembers the types published for the first time; never touches the others."""
    known = frozen() if FROZEN_FILE.exists() else {}
    content = {type_: known.get(type_, schema(type_)) for type_ in TYPES}
    FROZEN_FILE.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _added(before: Form, after: Form, key: str) -> list[Any]:
    return [value for value in after.get(key, ()) if value not in before.get(key, ())]


def _differ(published: Form, present: Form, key: str) -> bool:
    return bool(published.get(key) != present.get(key))


if __name__ == "__main__":
    freeze_new_types()
