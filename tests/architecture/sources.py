"""Where the product's own Python is, for the laws that read it."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SERVICES = ("identity", "dossier", "cv", "courrier", "gateway")
FOLDERS = ("chassis", "contracts", "deploy", *(f"services/{name}/src" for name in SERVICES))


def product_files() -> Iterator[Path]:
    """Every Python file that runs in production or starts it."""
    for folder in FOLDERS:
        yield from sorted((ROOT / folder).rglob("*.py"))


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))
