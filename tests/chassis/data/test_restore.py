"""A database restored from yesterday never gives a number twice, and sets its readers right."""

import pytest

from chassis.mongo.connection import MongoDatabase
from chassis.mongo.journal import MongoJournal, broken_chains
from chassis.mongo.restore import JUMP, jump_after_restore
from chassis.repository import Repository
from chassis.testing.memory import AUDIT_KEY, context
from chassis.testing.sample import NOTEBOOK, Notebook
from chassis.testing.writing_suite import striking, writing
from tests.chassis.data.stores import MongoStore


@pytest.mark.serveur
def test_after_a_restore_each_item_is_told_again_under_a_new_number(mongo_database: MongoDatabase) -> None:
    store = MongoStore(mongo_database)
    repository = Repository(NOTEBOOK, store, AUDIT_KEY)
    repository.execute("n1", context(), writing("a"), create=lambda: Notebook("n1"))
    assert (
        jump_after_restore(
            mongo_database["notebooks"], lambda id: void(repository.execute(id, context(), striking("a")))
        )
        == 1
    )
    journal = MongoJournal(mongo_database["journal"], {"notebook": store})
    assert [event["seq"] for event in journal.events_since("notebook", "n1", 0)] == [1, JUMP + 2]
    assert list(broken_chains(journal, AUDIT_KEY, {"notebook": mongo_database["notebooks"]})) == []


def void(_: object) -> None:
    """Forgets a result."""
