"""Log events are static, dotted names: they can be counted, and cannot carry a person's words."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.sources import name_of, parsed, product_files

LEVELS = {"debug", "info", "warning", "error", "critical", "exception"}
EVENT = re.compile(r"^[a-z_]+(\.[a-z_]+)+$")
FILES = [path for path in product_files() if not name_of(path).startswith("deploy/")]


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_every_log_call_names_its_event_literally(path: Path) -> None:
    for node in ast.walk(parsed(path)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        if getattr(node.func.value, "id", "") == "log" and node.func.attr in LEVELS:
            event = node.args[0]
            # A name passes on what a caller wrote literally; anything composed is refused.
            if isinstance(event, ast.Name):
                continue
            assert isinstance(event, ast.Constant), f"{name_of(path)}:{node.lineno}"
            assert EVENT.match(str(event.value)), f"{name_of(path)}:{node.lineno} {event.value}"
