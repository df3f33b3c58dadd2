"""The file store: checks first, then keeps; forgets what nobody referred to."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

import structlog

from chassis import metrics
from chassis.errors import ErreurApplicative, Indisponible, Introuvable
from chassis.files.antivirus import Antivirus, NoAntivirus
from chassis.files.checks import Received, receive
from chassis.files.port import Piece, PieceRefusee, PieceTropLourde
from chassis.files.rendering import Renderer, SubprocessRenderer
from chassis.files.storage import ATTACHEE, EN_DEPOT, RESERVEE, PieceStorage, Row, original, page_image
from chassis.ids import Ids, RandomIds

log = structlog.get_logger()

UNCLAIMED_FOR = timedelta(hours=24)
CLAIMED_FOR = timedelta(hours=72)
TRIES = 5


class CheckedFileStore:
    """`FileStore` over any storage. The row is written before the bytes, so that nothing is ever lost
    from the sweeper's sight."""

    def __init__(
        self,
        storage: PieceStorage,
        antivirus: Antivirus | None = None,
        renderer: Renderer | None = None,
        ids: Ids | None = None,
    ) -> None:
        self._storage = storage
        self._antivirus = antivirus or NoAntivirus()
        self._renderer = renderer or SubprocessRenderer()
        self._ids = ids or RandomIds()

    def deposit(
        self, stream: BinaryIO, filename: str, deposant: str, agent: str, usage: str, now: datetime
    ) -> Piece:
        with TemporaryDirectory(prefix="piece-") as folder:
            received, analyse, pages = self._examine(stream, filename, Path(folder))
            piece = Piece(
                self._ids.new(),
                usage,
                received.nom,
                received.type,
                received.taille,
                received.sha256,
                len(pages),
                analyse,
                now,
            )
            self._keep(Row(piece, deposant, agent, EN_DEPOT, now + UNCLAIMED_FOR), received, pages)
        metrics.PIECES.labels("recue").inc()
        return piece

    def claim(self, refs: Sequence[str], deposant: str, agent: str, now: datetime) -> list[Piece]:
        return [self._claim(ref, deposant, agent, now).piece for ref in refs]

    def attach(self, refs: Sequence[str]) -> None:
        for ref in refs:
            try:
                self._change(ref, lambda row: {} if row.etat == ATTACHEE else {"etat": ATTACHEE})
            except ErreurApplicative as error:
                log.warning("piece.rattachement_remis", piece=ref, erreur=error.code)

    def open(self, ref: str) -> BinaryIO:
        return self._storage.open(original(ref))

    def page(self, ref: str, n: int) -> bytes:
        return self._storage.open(page_image(ref, n)).read()

    def _examine(self, stream: BinaryIO, filename: str, folder: Path) -> tuple[Received, str, list[Path]]:
        try:
            received = receive(stream, filename, folder)
            analyse = self._antivirus.scan(received.path)
            return received, analyse, self._renderer.render(received.path, received.type, folder)
        except PieceRefusee as refusal:
            metrics.PIECES.labels(refusal.raison).inc()
            raise
        except PieceTropLourde:
            metrics.PIECES.labels("trop_lourde").inc()
            raise

    def _keep(self, row: Row, received: Received, pages: Sequence[Path]) -> None:
        self._storage.insert(row)
        blobs = {original(row.piece.ref): received.path}
        blobs |= {page_image(row.piece.ref, n): page for n, page in enumerate(pages, 1)}
        for blob, path in blobs.items():
            with path.open("rb") as content:
                self._storage.put(blob, content)
        self._storage.update(row, etat=RESERVEE)

    def _claim(self, ref: str, deposant: str, agent: str, now: datetime) -> Row:
        def reserved(row: Row) -> dict[str, object]:
            if (row.deposant, row.agent) != (deposant, agent):
                log.warning("piece.reference_etrangere", acteur=deposant, piece=ref)
                raise _unknown()
            return {} if row.etat == ATTACHEE else {"etat": RESERVEE, "echeance": now + CLAIMED_FOR}

        return self._change(ref, reserved)

    def _change(self, ref: str, decide: Callable[[Row], dict[str, object]]) -> Row:
        for _ in range(TRIES):
            row = self._storage.get(ref)
            if row is None or not row.usable:
                raise _unknown()
            changes = decide(row)
            if not changes or self._storage.update(row, **changes):
                return replace(row, **changes)  # type: ignore[arg-type]
        raise Indisponible("Ce fichier est en cours de traitement : réessayez dans un instant.")


def _unknown() -> Introuvable:
    return Introuvable("Un des fichiers joints n’est plus disponible : joignez-le de nouveau.")
