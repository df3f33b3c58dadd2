"""Turns one file into page images. Run alone, in a process of its own, with limits set before any parsing.

`python -I render.py <input> <type> <folder>` writes `1.png`, `2.png`… and prints how many.
Exits 3 with a reason code when the file cannot be shown. Imports nothing of the house.
"""

import resource
import sys
from collections.abc import Iterator
from pathlib import Path

MEMORY = 1024 * 1024 * 1024
CPU_SECONDS = 25
BIGGEST_OUTPUT = 32 * 1024 * 1024
OPEN_FILES = 64
MAX_PAGES = 40
MAX_PIXELS = 50_000_000
WIDTH = 1_000
TALLEST = 4_000


class Refused(Exception):
    """The argument is the reason code."""


def limit_this_process() -> None:
    for kind, value in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, BIGGEST_OUTPUT),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (value, value))


def pdf_pages(path: Path) -> Iterator[object]:
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        raise Refused("chiffre" if "password" in str(error).lower() else "illisible") from None
    if len(document) > MAX_PAGES:
        raise Refused("trop_de_pages")
    for page in document:
        width, height = page.get_size()
        scale = min(WIDTH / max(width, 1), TALLEST / max(height, 1))
        yield page.render(scale=scale, may_draw_forms=True).to_pil().convert("RGB")
        page.close()


def image_pages(path: Path) -> Iterator[object]:
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    with Image.open(path) as image:
        if image.width * image.height > MAX_PIXELS:
            raise Refused("trop_grande")
        image.draft("RGB", (2 * WIDTH, 2 * TALLEST))
        flat = ImageOps.exif_transpose(image).convert("RGBA")
        flat.thumbnail((WIDTH, TALLEST))
        page = Image.new("RGB", flat.size, "white")
        page.paste(flat, mask=flat.getchannel("A"))
        yield page


def render(path: Path, kind: str, folder: Path) -> int:
    pages = pdf_pages(path) if kind == "application/pdf" else image_pages(path)
    count = 0
    for count, page in enumerate(pages, 1):
        page.save(folder / f"{count}.png", "PNG")  # type: ignore[attr-defined]
    if count == 0:
        raise Refused("illisible")
    return count


def main() -> int:
    limit_this_process()
    path, kind, folder = sys.argv[1:4]
    try:
        sys.stdout.write(str(render(Path(path), kind, Path(folder))))
    except Refused as refusal:
        sys.stdout.write(str(refusal))
        return 3
    except MemoryError:
        sys.stdout.write("trop_grande")
        return 3
    except Exception:
        sys.stdout.write("illisible")
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
