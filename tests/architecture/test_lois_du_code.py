"""House habits, enforced: each law says why when it is broken."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, name_of, parsed, product_files

CLOCK_READS = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
}
ID_MAKERS = {"uuid1", "uuid4", "token_urlsafe", "token_hex", "token_bytes", "urandom"}
MAY_READ_THE_CLOCK = {"chassis/clock.py"}
MAY_MAKE_IDS = {"chassis/ids.py"}
LONGEST_FUNCTION = 50
LONGEST_FILE = 300

FILES = list(product_files())
SERVICE_FILES = [path for path in FILES if not name_of(path).startswith("deploy/")]


@pytest.mark.parametrize("path", SERVICE_FILES, ids=name_of)
def test_time_is_read_by_the_clock_only_so_that_tests_can_set_it(path: Path) -> None:
    if name_of(path) in MAY_READ_THE_CLOCK:
        return
    found = [
        f"{name}.{attribute}"
        for name, attribute in _attribute_calls(path)
        if (name, attribute) in CLOCK_READS
    ]
    assert not found, f"{name_of(path)} reads the time itself: inject chassis.clock.Clock"


@pytest.mark.parametrize("path", SERVICE_FILES, ids=name_of)
def test_ids_are_drawn_in_one_place_so_that_a_rerun_draws_the_same(path: Path) -> None:
    if name_of(path) in MAY_MAKE_IDS:
        return
    found = [attribute for _, attribute in _attribute_calls(path) if attribute in ID_MAKERS]
    assert not found, f"{name_of(path)} makes ids itself: inject chassis.ids.Ids"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_files_and_functions_stay_short_enough_to_be_read(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < LONGEST_FUNCTION, f"{name_of(path)}: {node.name}"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_module_is_a_drawer_for_what_found_no_room(path: Path) -> None:
    assert path.stem not in {"utils", "util", "helpers", "misc", "common"}


@pytest.mark.parametrize("path", SERVICE_FILES, ids=name_of)
def test_the_environment_is_read_by_the_configuration_only(path: Path) -> None:
    if path.name == "config.py" or name_of(path).startswith("chassis/testing/"):
        return
    reads = [
        (name, attribute)
        for name, attribute in _attributes(path)
        if name == "os" and attribute in ("environ", "getenv")
    ]
    assert not reads, f"{name_of(path)} reads the environment: only config.py may"


def test_nothing_committed_names_a_registry_a_machine_or_the_state() -> None:
    forbidden = re.compile(
        r"py[p]i\.org|pythonh[o]sted\.|registry\.n[p]mjs|repo1?\.m[a]ven\.|proxy\.g[o]lang\.|/w[o]rk/|/r[o]ot/|\.\./sh[a]red"
        r"|gouvf[r]\b|class=\"f[r]-"
    )
    found = [f"{name}: {line.strip()[:80]}" for name, line in _tracked_lines() if forbidden.search(line)]
    assert not found


def _tracked_lines() -> Iterator[tuple[str, str]]:
    names = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\n")
    for name in filter(None, names):
        path = ROOT / name
        if path.is_file() and path.suffix not in {".png", ".pdf", ".woff2", ".svg", ".ico"}:
            for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
                yield name, line


def _attribute_calls(path: Path) -> Iterator[tuple[str, str]]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call):
            function = node.func
            if isinstance(function, ast.Attribute):
                yield getattr(function.value, "id", getattr(function.value, "attr", "")), function.attr
            elif isinstance(function, ast.Name):
                yield "", function.id


def _attributes(path: Path) -> Iterator[tuple[str, str]]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Attribute):
            yield getattr(node.value, "id", ""), node.attr
