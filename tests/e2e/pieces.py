"""Invented documents for the tests: real PDF and PNG files, and files that lie about themselves."""

from pathlib import Path

from PIL import Image, ImageDraw


def write_document(path: Path, title: str) -> Path:
    """A one-page document with a title; the extension (.pdf, .png, .jpg) decides the format."""
    page = Image.new("RGB", (620, 877), "white")
    pen = ImageDraw.Draw(page)
    pen.text((60, 80), title, fill="black", font_size=28)
    pen.text((60, 140), "Document sans valeur, pour essai", fill="black", font_size=18)
    page.save(path)
    return path


def write_disguised(path: Path) -> Path:
    """Text that calls itself something else by its extension."""
    path.write_text("MZ ceci n’est pas le document annoncé", encoding="utf-8")
    return path


def write_empty(path: Path) -> Path:
    path.write_bytes(b"")
    return path


def write_too_heavy(path: Path) -> Path:
    """A real beginning, and more than ten megabytes after it."""
    path.write_bytes(b"%PDF-1.4\n" + bytes(10 * 1024 * 1024))
    return path
