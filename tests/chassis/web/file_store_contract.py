"""What every file store does, whatever lies under it. Subclasses give `storage`."""

import io
from datetime import UTC, datetime, timedelta

import pytest

from chassis.errors import DonneesInvalides, Introuvable
from chassis.files.port import PieceTropLourde
from chassis.files.storage import ATTACHEE, CONDAMNEE, RESERVEE, PieceStorage
from chassis.files.store import CheckedFileStore
from chassis.files.sweeper import Sweeper
from chassis.testing.clock import FixedClock
from chassis.testing.files import PlainRenderer, a_pdf, an_image

NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
ALICE, BOB, AGENT = "alice", "bob", "agent-1"


class FileStoreContract:
    @pytest.fixture
    def storage(self) -> PieceStorage:
        raise NotImplementedError

    @pytest.fixture
    def store(self, storage: PieceStorage) -> CheckedFileStore:
        return CheckedFileStore(storage, renderer=PlainRenderer())

    def deposit(self, store: CheckedFileStore, content: bytes | None = None, nom: str = "acte.pdf"):
        return store.deposit(
            io.BytesIO(a_pdf() if content is None else content), nom, ALICE, AGENT, "acte", NOW
        )

    def test_a_deposited_file_comes_back_as_it_was(self, store: CheckedFileStore) -> None:
        content = a_pdf()
        piece = self.deposit(store, content)
        assert store.open(piece.ref).read() == content
        assert (piece.taille, piece.type, piece.pages, piece.analyse) == (
            len(content),
            "application/pdf",
            1,
            "non_analysee",
        )
        assert store.page(piece.ref, 1).startswith(b"\x89PNG")

    def test_a_page_that_is_not_there_is_not_found(self, store: CheckedFileStore) -> None:
        piece = self.deposit(store)
        with pytest.raises(Introuvable):
            store.page(piece.ref, 2)

    def test_a_big_file_comes_back_whole(self, store: CheckedFileStore) -> None:
        content = an_image("PNG") + b"\0" * 700_000
        assert store.open(self.deposit(store, content, "scan.png").ref).read() == content

    def test_only_its_depositor_for_that_agent_may_use_a_file(self, store: CheckedFileStore) -> None:
        ref = self.deposit(store).ref
        with pytest.raises(Introuvable):
            store.claim([ref], BOB, AGENT, NOW)
        with pytest.raises(Introuvable):
            store.claim([ref], ALICE, "agent-2", NOW)
        assert [piece.ref for piece in store.claim([ref], ALICE, AGENT, NOW)] == [ref]

    def test_an_unknown_reference_is_not_found(self, store: CheckedFileStore) -> None:
        with pytest.raises(Introuvable):
            store.claim(["nulle-part"], ALICE, AGENT, NOW)

    def test_a_claim_keeps_the_file_72_hours_more(
        self, store: CheckedFileStore, storage: PieceStorage
    ) -> None:
        ref = self.deposit(store).ref
        store.claim([ref], ALICE, AGENT, NOW)
        row = storage.get(ref)
        assert row is not None
        assert (row.etat, row.echeance) == (RESERVEE, NOW + timedelta(hours=72))

    def test_an_attached_file_is_never_swept(self, store: CheckedFileStore, storage: PieceStorage) -> None:
        ref = self.deposit(store).ref
        store.claim([ref], ALICE, AGENT, NOW)
        store.attach([ref])
        assert sweep(storage, NOW + timedelta(days=365)) == 0
        assert store.open(ref).read()

    def test_a_file_nothing_names_is_condemned_then_deleted_a_day_later(
        self, store: CheckedFileStore, storage: PieceStorage
    ) -> None:
        ref = self.deposit(store).ref
        later = NOW + timedelta(hours=25)
        sweep(storage, later)
        assert state(storage, ref) == CONDAMNEE
        sweep(storage, later + timedelta(hours=23))
        assert state(storage, ref) == CONDAMNEE
        sweep(storage, later + timedelta(hours=25))
        assert state(storage, ref) is None
        with pytest.raises(Introuvable):
            store.open(ref)
        with pytest.raises(Introuvable):
            store.claim([ref], ALICE, AGENT, later)

    def test_a_condemned_file_that_a_command_claims_is_saved(
        self, store: CheckedFileStore, storage: PieceStorage
    ) -> None:
        ref = self.deposit(store).ref
        later = NOW + timedelta(hours=25)
        sweep(storage, later)
        store.claim([ref], ALICE, AGENT, later)
        sweep(storage, later + timedelta(hours=25))
        assert state(storage, ref) == RESERVEE

    def test_a_file_an_aggregate_names_is_attached_again_by_the_sweeper(
        self, store: CheckedFileStore, storage: PieceStorage
    ) -> None:
        ref = self.deposit(store).ref
        Sweeper(storage, lambda refs: refs, FixedClock(NOW + timedelta(days=9))).step()
        assert state(storage, ref) == ATTACHEE

    def test_a_refused_file_leaves_nothing_behind(
        self, store: CheckedFileStore, storage: PieceStorage
    ) -> None:
        with pytest.raises(DonneesInvalides):
            self.deposit(store, b"MZ not an image", "photo.png")
        with pytest.raises(PieceTropLourde):
            self.deposit(store, a_pdf() + b"\0" * 10 * 1024 * 1024)
        assert sweep(storage, NOW + timedelta(days=9)) == 0


def sweep(storage: PieceStorage, when: datetime) -> int:
    return Sweeper(storage, lambda refs: (), FixedClock(when)).step()


def state(storage: PieceStorage, ref: str) -> str | None:
    row = storage.get(ref)
    return row.etat if row else None
