"""The owner's journal: what was sent and what waits, and a chain that shows tampering."""

import pytest

from chassis.errors import Introuvable
from chassis.journal import HttpJournalClient
from chassis.mongo.connection import MongoDatabase
from chassis.mongo.journal import MongoJournal, broken_chains
from chassis.relay import Relay
from chassis.repository import Repository
from chassis.testing.broker import FakeBroker
from chassis.testing.clock import FixedClock
from chassis.testing.memory import AUDIT_KEY, context
from chassis.testing.sample import NOTEBOOK, Notebook
from chassis.testing.writing_suite import writing
from chassis.verification import verifier_job
from tests.chassis.data.stores import MongoStore

pytestmark = pytest.mark.serveur


class Bench:
    def __init__(self, database: MongoDatabase) -> None:
        self.database = database
        self.store = MongoStore(database)
        self.repository = Repository(NOTEBOOK, self.store, AUDIT_KEY)
        self.journal = MongoJournal(database["journal"], {"notebook": self.store})
        self.relay = Relay("sample", [self.store], FakeBroker(), lambda type_: "t", FixedClock())

    def write(self, item: str) -> None:
        self.repository.execute("n1", context(), writing(item), create=lambda: Notebook("n1"))

    def broken(self) -> list[tuple[str, str, int]]:
        return list(broken_chains(self.journal, AUDIT_KEY, {"notebook": self.database["notebooks"]}))


@pytest.fixture
def bench(mongo_database: MongoDatabase) -> Bench:
    bench = Bench(mongo_database)
    bench.write("a")
    bench.write("b")
    bench.relay.step()
    bench.write("c")
    return bench


def test_events_are_told_in_order_whether_sent_or_waiting(bench: Bench) -> None:
    events = bench.journal.events_since("notebook", "n1", 1)
    assert [event["seq"] for event in events] == [2, 3]
    assert events[0]["data"]["note_id"] == "b"
    assert bench.journal.events_since("notebook", "n1", 3) == []
    assert bench.journal.events_since("notebook", "n2", 0) == []


def test_a_kind_the_owner_does_not_have_is_not_found(bench: Bench) -> None:
    with pytest.raises(Introuvable):
        bench.journal.events_since("novel", "n1", 0)


def test_a_whole_chain_is_whole(bench: Bench) -> None:
    assert bench.broken() == []


def test_a_changed_entry_shows(bench: Bench) -> None:
    bench.database["journal"].update_one({"seq": 2}, {"$set": {"audit.acteur": "somebody else"}})
    assert bench.broken() == [("notebook", "n1", 2)]


def test_the_job_tells_the_broken_chains_by_its_exit_code(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verifier_job(bench.broken)([]) == 0
    bench.database["journal"].update_one({"seq": 1}, {"$set": {"audit.acte": "other"}})
    assert verifier_job(bench.broken)([]) == 1
    assert "notebook n1" in capsys.readouterr().out


def test_a_chain_cut_short_shows(bench: Bench) -> None:
    bench.relay.step()
    bench.database["journal"].delete_one({"seq": 3})
    assert bench.broken() == [("notebook", "n1", 3)]


def test_a_reader_asks_the_owner_by_http_and_takes_an_unknown_aggregate_for_no_event() -> None:
    class Client:
        def get(self, path: str, *, params: object) -> object:
            if path == "/interne/journal/notebook/n9":
                raise Introuvable("non")
            return Answer()

    class Answer:
        def json(self) -> object:
            return {"evenements": [{"seq": 4}]}

    client = HttpJournalClient({"sample": Client()})  # type: ignore[dict-item]
    assert client.events_since("sample", "notebook", "n1", 3) == [{"seq": 4}]
    assert client.events_since("sample", "notebook", "n9", 3) == []
