"""The same files, on a real server."""

import io
from datetime import UTC, datetime
from threading import Thread

import pytest

from chassis.errors import Indisponible
from chassis.files.gridfs import GridFsStorage
from chassis.files.storage import PieceStorage
from chassis.files.store import CheckedFileStore
from chassis.mongo.connection import MongoDatabase
from chassis.testing.files import a_pdf
from tests.chassis.web.file_store_contract import FileStoreContract

pytestmark = pytest.mark.serveur
NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)


class TestGridFsFileStore(FileStoreContract):
    @pytest.fixture
    def storage(self, mongo_database: MongoDatabase) -> PieceStorage:
        storage = GridFsStorage(mongo_database)
        storage.ensure_indexes()
        return storage


def test_a_real_pdf_goes_through_checks_rendering_and_storage(mongo_database: MongoDatabase) -> None:
    store = CheckedFileStore(GridFsStorage(mongo_database))
    piece = store.deposit(io.BytesIO(a_pdf(3)), "acte.pdf", "a", "b", "acte", NOW)
    assert piece.pages == 3
    assert store.claim([piece.ref], "a", "b", NOW) == [piece]
    assert store.page(piece.ref, 3).startswith(b"\x89PNG")


def test_one_of_two_claims_that_race_never_undoes_the_other(mongo_database: MongoDatabase) -> None:
    store = CheckedFileStore(GridFsStorage(mongo_database))
    piece = store.deposit(io.BytesIO(a_pdf()), "acte.pdf", "a", "b", "acte", NOW)
    done: list[bool] = []

    def claim() -> None:
        try:
            done.append(bool(store.claim([piece.ref], "a", "b", NOW)))
        except Indisponible:
            done.append(False)

    threads = [Thread(target=claim) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    row = GridFsStorage(mongo_database).get(piece.ref)
    assert row is not None
    assert row.v == 2 + sum(done)
