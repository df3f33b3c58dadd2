"""What writing promises, over any store: the twin in memory and MongoDB pass the same tests."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any, Protocol

import pytest

from chassis.aggregates import Change, Document
from chassis.audit import first_break
from chassis.commands import Expected
from chassis.errors import CleReutilisee, EtatPerime, Indisponible, Introuvable
from chassis.outbox import Pending
from chassis.repository import TRIES, Repository
from chassis.testing.clock import EPOCH
from chassis.testing.memory import AUDIT_KEY, context
from chassis.testing.sample import NOTEBOOK, Notebook, NoteStruck, NoteWritten


class StoreAndOutbox(Protocol):
    """Both halves of a collection of aggregates."""

    def load(self, id: str) -> Document | None: ...
    def insert(self, document: Document) -> bool: ...
    def commit(self, id: str, v: int, change: Change) -> bool: ...
    def pending(self, limit: int) -> Sequence[Pending]: ...


class Raced:
    """Lets `rival` act just before each of the first `times` writes."""

    def __init__(self, store: StoreAndOutbox, rival: Callable[[], Any], times: int = 1) -> None:
        self._store, self._rival, self._left = store, rival, times

    def load(self, id: str) -> Document | None:
        return self._store.load(id)

    def insert(self, document: Document) -> bool:
        self._race()
        return self._store.insert(document)

    def commit(self, id: str, v: int, change: Change) -> bool:
        self._race()
        return self._store.commit(id, v, change)

    def _race(self) -> None:
        if self._left:
            self._left -= 1
            self._rival()


def writing(item: str, text: str = "hello") -> Callable[[Notebook], Sequence[NoteWritten]]:
    return lambda notebook: notebook.write(item, text)


def striking(item: str) -> Callable[[Notebook], Sequence[NoteStruck]]:
    return lambda notebook: notebook.strike(item)


def empty() -> Notebook:
    return Notebook("n1")


class WritingSuite:
    """A subclass gives `store`."""

    @pytest.fixture
    def store(self) -> StoreAndOutbox:
        raise NotImplementedError

    @pytest.fixture
    def repository(self, store: StoreAndOutbox) -> Repository[Notebook]:
        repository = Repository(NOTEBOOK, store, AUDIT_KEY)
        repository.execute("n1", context(), writing("a"), create=empty)
        return repository

    def test_what_was_written_is_read_again(self, repository: Repository[Notebook]) -> None:
        repository.execute("n1", context(), writing("b", "second"))
        notes = repository.get("n1").notes
        assert {item: (note.text, note.rev) for item, note in notes.items()} == {
            "a": ("hello", 1),
            "b": ("second", 2),
        }

    def test_nothing_is_made_up_for_an_unknown_id(self, repository: Repository[Notebook]) -> None:
        assert repository.read("n2") is None
        with pytest.raises(Introuvable):
            repository.execute("n2", context(), writing("a"))

    def test_an_act_without_event_writes_nothing(
        self, repository: Repository[Notebook], store: StoreAndOutbox
    ) -> None:
        before = store.load("n1")
        assert repository.execute("n1", context(key="k"), writing("a")).seq == 1
        assert store.load("n1") == before

    def test_a_lost_race_runs_the_act_again_on_the_fresh_state(
        self, repository: Repository[Notebook], store: StoreAndOutbox
    ) -> None:
        raced = Raced(store, lambda: repository.execute("n1", context("rival"), writing("r")))
        execution = Repository(NOTEBOOK, raced, AUDIT_KEY).execute("n1", context(), writing("b"))
        assert execution.seq == 3
        assert sorted(repository.get("n1").notes) == ["a", "b", "r"]

    def test_five_lost_races_write_nothing_and_say_so(
        self, repository: Repository[Notebook], store: StoreAndOutbox
    ) -> None:
        numbers = iter(range(TRIES))
        raced = Raced(
            store, lambda: repository.execute("n1", context(), writing(f"r{next(numbers)}")), times=TRIES
        )
        with pytest.raises(Indisponible):
            Repository(NOTEBOOK, raced, AUDIT_KEY).execute("n1", context(), writing("b"))
        assert "b" not in repository.get("n1").notes

    def test_two_racing_creations_give_one_aggregate(self, store: StoreAndOutbox) -> None:
        plain = Repository(NOTEBOOK, store, AUDIT_KEY)
        command = context(key="k", body={"text": "x"})
        raced = Raced(store, lambda: plain.execute("n1", command, writing("a"), create=empty))
        execution = Repository(NOTEBOOK, raced, AUDIT_KEY).execute("n1", command, writing("a"), create=empty)
        assert (execution.replayed, execution.seq) == (True, 1)

    def test_the_same_key_gives_the_same_answer_once(self, repository: Repository[Notebook]) -> None:
        command = context(key="k", body={"text": "x"})
        first = repository.execute("n1", command, writing("b"))
        repository.execute("n1", context("rival"), writing("c"))
        again = repository.execute("n1", command, writing("b2"))
        assert (again.item, again.seq, again.replayed) == (first.item, first.seq, True)
        assert "b2" not in repository.get("n1").notes

    def test_a_replay_wins_over_a_stale_revision(self, repository: Repository[Notebook]) -> None:
        command = context(key="k")
        repository.execute("n1", command, striking("a"), expected=Expected("a", 1))
        assert repository.execute("n1", command, striking("a"), expected=Expected("a", 1)).replayed

    def test_the_same_key_with_another_body_is_refused(self, repository: Repository[Notebook]) -> None:
        repository.execute("n1", context(key="k", body={"text": "x"}), writing("b"))
        with pytest.raises(CleReutilisee):
            repository.execute("n1", context(key="k", body={"text": "y"}), writing("c"))

    def test_a_key_belongs_to_its_actor_and_lives_three_days(self, repository: Repository[Notebook]) -> None:
        repository.execute("n1", context("one", key="k"), writing("b"))
        assert not repository.execute("n1", context("two", key="k"), writing("c")).replayed
        late = context("one", key="k", now=EPOCH + timedelta(hours=73))
        assert not repository.execute("n1", late, writing("d")).replayed

    def test_only_the_item_that_moved_is_stale(self, repository: Repository[Notebook]) -> None:
        repository.execute("n1", context(), writing("b"))
        repository.execute("n1", context(), striking("b"))
        repository.execute("n1", context(), striking("a"), expected=Expected("a", 1))
        with pytest.raises(EtatPerime) as stale:
            repository.execute("n1", context(), striking("b"), expected=Expected("b", 2))
        assert (stale.value.item, stale.value.rev) == ("b", 3)

    def test_each_write_leaves_its_event_with_it(
        self, repository: Repository[Notebook], store: StoreAndOutbox
    ) -> None:
        repository.execute("n1", context("someone"), striking("a"))
        [pending] = store.pending(10)
        assert [row["evenement"]["id"] for row in pending.rows] == [
            "sample:notebook:n1:1",
            "sample:notebook:n1:2",
        ]
        assert pending.rows[1]["evenement"]["data"] == {"note_id": "a", "length": 5, "struck": True}
        assert pending.since == EPOCH

    def test_the_audit_chain_holds_and_shows_a_change(
        self, repository: Repository[Notebook], store: StoreAndOutbox
    ) -> None:
        repository.execute("n1", context("someone"), striking("a"))
        [pending] = store.pending(10)
        entries = [dict(row["audit"]) for row in pending.rows]
        assert [entry["acteur"] for entry in entries] == ["personne-1", "someone"]
        assert [field["champ"] for field in entries[1]["champs"]] == ["notes.a.rev", "notes.a.struck"]
        assert first_break(AUDIT_KEY, entries) is None
        entries[0]["acteur"] = "somebody else"
        assert first_break(AUDIT_KEY, entries) == 1

    def test_many_at_once_lose_nothing(self, repository: Repository[Notebook], store: StoreAndOutbox) -> None:
        start = Barrier(4)

        def work(name: str) -> None:
            start.wait()
            for number in range(5):
                until_written(repository, f"{name}{number}")

        threads = [Thread(target=work, args=(name,)) for name in "wxyz"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        [pending] = store.pending(10)
        assert [row["seq"] for row in pending.rows] == list(range(1, 22))
        assert first_break(AUDIT_KEY, [row["audit"] for row in pending.rows]) is None


def until_written(repository: Repository[Notebook], item: str) -> None:
    """Tries again when five races were lost, as a person would."""
    while item not in repository.get("n1").notes:
        try:
            repository.execute("n1", context(), writing(item))
        except Indisponible:
            continue
