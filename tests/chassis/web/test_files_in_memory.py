import io
import os
import time
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import pytest

from chassis.errors import Indisponible
from chassis.files.checks import clean_name
from chassis.files.port import PieceRefusee
from chassis.files.rendering import AT_ONCE, SubprocessRenderer
from chassis.files.storage import PieceStorage
from chassis.testing.files import MemoryStorage, a_pdf, an_image, memory_file_store
from tests.chassis.web.file_store_contract import FileStoreContract

NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)


class TestMemoryFileStore(FileStoreContract):
    @pytest.fixture
    def storage(self) -> PieceStorage:
        return MemoryStorage()


@pytest.mark.parametrize(
    ("content", "nom", "raison"),
    [
        (b"", "acte.pdf", "vide"),
        (b"PK\x03\x04 a zip", "acte.pdf", "format"),
        (b"<html><script>alert(1)</script>", "acte.png", "format"),
        (an_image("PNG"), "photo.pdf", "extension"),
        (a_pdf(), "acte", "extension"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_with_its_reason(
    content: bytes, nom: str, raison: str
) -> None:
    with pytest.raises(PieceRefusee) as refusal:
        memory_file_store().deposit(io.BytesIO(content), nom, "a", "b", "acte", NOW)
    assert refusal.value.raison == raison
    assert refusal.value.erreurs[0].champ == "fichier"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Documents\\acte de naissance.pdf", "acte de naissance.pdf"),
        ("a\r\nb.pdf", "ab.pdf"),
        ("facture\u202efdp.exe", "facturefdp.exe"),
        ("", "document"),
        ("x" * 300 + ".pdf", "x" * 110 + ".pdf"),
    ],
)
def test_a_file_name_keeps_no_folder_and_no_trick(given: str, shown: str) -> None:
    assert clean_name(given) == shown


class TestRendering:
    def render(self, content: bytes, kind: str, folder: Path) -> list[Path]:
        path = folder / "original"
        path.write_bytes(content)
        return SubprocessRenderer().render(path, kind, folder)

    def test_a_pdf_gives_one_image_per_page(self, tmp_path: Path) -> None:
        pages = self.render(a_pdf(3), "application/pdf", tmp_path)
        assert [page.read_bytes()[:4] for page in pages] == [b"\x89PNG"] * 3

    @pytest.mark.parametrize("format", ["PNG", "JPEG", "GIF"])
    def test_an_image_is_encoded_again(self, format: str, tmp_path: Path) -> None:
        hidden = an_image(format, (2_000, 500)) + b"<script>"
        (page,) = self.render(hidden, f"image/{format.lower()}", tmp_path)
        assert b"<script>" not in page.read_bytes()

    @pytest.mark.parametrize(
        ("content", "kind", "raison"),
        [
            (b"%PDF-1.4 nothing more", "application/pdf", "illisible"),
            (b"\x89PNG\r\n\x1a\n cut", "image/png", "illisible"),
            (a_pdf(41), "application/pdf", "trop_de_pages"),
        ],
    )
    def test_what_cannot_be_shown_is_refused_with_its_reason(
        self, content: bytes, kind: str, raison: str, tmp_path: Path
    ) -> None:
        with pytest.raises(PieceRefusee) as refusal:
            self.render(content, kind, tmp_path)
        assert refusal.value.raison == raison

    def test_a_renderer_that_runs_away_is_stopped(self, tmp_path: Path) -> None:
        (tmp_path / "original").write_bytes(a_pdf(40))
        began = time.monotonic()
        with pytest.raises(PieceRefusee) as refusal:
            SubprocessRenderer(timeout=0.05).render(tmp_path / "original", "application/pdf", tmp_path)
        assert refusal.value.raison == "trop_long"
        assert time.monotonic() - began < 5

    def test_many_heavy_files_do_not_hold_everybody(self, tmp_path: Path) -> None:
        endless = tmp_path / "original"
        os.mkfifo(endless)
        renderer = SubprocessRenderer(timeout=3, wait=0.1)
        holders = [
            Thread(target=self.refused, args=(renderer, endless, PieceRefusee)) for _ in range(AT_ONCE)
        ]
        for holder in holders:
            holder.start()
        time.sleep(0.5)
        self.refused(renderer, endless, Indisponible)
        for holder in holders:
            holder.join()

    def refused(self, renderer: SubprocessRenderer, path: Path, kind: type[Exception]) -> None:
        with pytest.raises(kind):
            renderer.render(path, "image/png", path.parent)
