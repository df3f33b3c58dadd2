"""Files for tests: small real ones, a storage in memory, a renderer that does not render."""

from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from PIL import Image

from chassis.errors import Introuvable
from chassis.files.storage import Row
from chassis.files.store import CheckedFileStore
from chassis.ids import Ids


class MemoryStorage:
    """`PieceStorage` in dictionaries."""

    def __init__(self) -> None:
        self.rows: dict[str, Row] = {}
        self.blobs: dict[str, bytes] = {}

    def insert(self, row: Row) -> None:
        self.rows[row.piece.ref] = row

    def get(self, ref: str) -> Row | None:
        return self.rows.get(ref)

    def update(self, row: Row, **changes: Any) -> bool:
        present = self.rows.get(row.piece.ref)
        if present is None or present.v != row.v:
            return False
        self.rows[row.piece.ref] = replace(present, v=row.v + 1, **changes)
        return True

    def due(self, etat: str, before: datetime, limit: int) -> list[Row]:
        return [r for r in self.rows.values() if r.etat == etat and r.echeance < before][:limit]

    def remove(self, row: Row) -> None:
        if self.rows.get(row.piece.ref) == row:
            del self.rows[row.piece.ref]

    def put(self, blob: str, content: BinaryIO) -> None:
        self.blobs[blob] = content.read()

    def open(self, blob: str) -> BinaryIO:
        if blob not in self.blobs:
            raise Introuvable("Ce fichier n’existe pas ou ne vous est pas ouvert.")
        return BytesIO(self.blobs[blob])

    def drop(self, blob: str) -> None:
        self.blobs.pop(blob, None)


class PlainRenderer:
    """One blank page whatever the file, at once."""

    def render(self, path: Path, kind: str, folder: Path) -> list[Path]:
        page = folder / "1.png"
        page.write_bytes(an_image("PNG"))
        return [page]


def memory_file_store(ids: Ids | None = None) -> CheckedFileStore:
    """The real checks over memory, without rendering."""
    return CheckedFileStore(MemoryStorage(), renderer=PlainRenderer(), ids=ids)


def an_image(format: str = "PNG", size: tuple[int, int] = (8, 8)) -> bytes:
    """A small PNG, JPEG or GIF."""
    out = BytesIO()
    Image.new("RGB", size, "white").save(out, format)
    return out.getvalue()


def a_pdf(pages: int = 1) -> bytes:
    """A PDF of blank pages."""
    out = BytesIO()
    blank = Image.new("RGB", (120, 160), "white")
    blank.save(out, "PDF", save_all=True, append_images=[blank] * (pages - 1))
    return out.getvalue()
