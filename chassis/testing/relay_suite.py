"""What the relay promises: a crash or a command at any of its steps loses nothing and hides nothing."""

import json
from collections.abc import Callable, Mapping, Sequence
from threading import Event
from typing import Any

import pytest

from chassis.broker import Outcome, Record
from chassis.outbox import Outbox, Pending
from chassis.relay import Relay
from chassis.repository import Repository
from chassis.testing.broker import FakeBroker
from chassis.testing.clock import FixedClock
from chassis.testing.memory import AUDIT_KEY, context
from chassis.testing.sample import NOTEBOOK, Notebook
from chassis.testing.writing_suite import StoreAndOutbox, writing

MOMENTS = ["before pending", "after pending", "after keep", "after send", "after clear"]


class Crash(Exception):
    """The process dies here."""


class Watched:
    """The relay's two ports, with something happening once at a chosen moment."""

    def __init__(self, outbox: Outbox, broker: FakeBroker, moment: str, happens: Callable[[], None]) -> None:
        self._outbox, self._broker, self._moment, self._happens = outbox, broker, moment, happens

    def pending(self, limit: int) -> Sequence[Pending]:
        self._at("before pending")
        found = self._outbox.pending(limit)
        self._at("after pending")
        return found

    def keep(self, pending: Sequence[Pending]) -> None:
        self._outbox.keep(pending)
        self._at("after keep")

    def send(self, records: Sequence[Record]) -> Sequence[Outcome]:
        outcomes = self._broker.send(records)
        self._at("after send")
        return outcomes

    def clear(self, sent: Mapping[str, Sequence[int]]) -> None:
        self._outbox.clear(sent)
        self._at("after clear")

    def close(self) -> None:
        self._broker.close()

    def _at(self, moment: str) -> None:
        if moment == self._moment:
            self._moment = "already happened"
            self._happens()


def topic_of(type_: str) -> str:
    return "sample.events"


class RelaySuite:
    """A subclass gives `store` (both halves) and `journaled(store)`."""

    @pytest.fixture
    def store(self) -> Any:
        raise NotImplementedError

    def journaled(self, store: Any) -> list[str]:
        """The ids in the journal, in order."""
        raise NotImplementedError

    @pytest.fixture
    def repository(self, store: StoreAndOutbox) -> Repository[Notebook]:
        repository = Repository(NOTEBOOK, store, AUDIT_KEY)
        for id in ("n1", "n2"):
            self.write(repository, id, "a")
        return repository

    @pytest.fixture
    def broker(self) -> FakeBroker:
        return FakeBroker()

    def write(self, repository: Repository[Notebook], id: str, item: str) -> None:
        repository.execute(id, context(), writing(item), create=lambda: Notebook(id))

    def relay(self, outbox: Any, broker: Any, **options: Any) -> Relay:
        return Relay("sample", [outbox], broker, topic_of, FixedClock(), **options)

    def test_events_are_sent_in_order_journaled_and_taken_out(
        self, repository: Repository[Notebook], store: Any, broker: FakeBroker
    ) -> None:
        self.write(repository, "n1", "b")
        assert self.relay(store, broker).step()
        assert sorted(ids_of(broker)) == ["n1:1", "n1:2", "n2:1"]
        assert self.journaled(store) == ["n1:1", "n1:2", "n2:1"]
        assert store.pending(10) == []

    @pytest.mark.parametrize("moment", MOMENTS)
    def test_a_command_at_any_step_is_sent_too(
        self, moment: str, repository: Repository[Notebook], store: Any, broker: FakeBroker
    ) -> None:
        watched = Watched(store, broker, moment, lambda: self.write(repository, "n1", "late"))
        relay = self.relay(watched, watched)
        relay.step()
        relay.step()
        assert ids_of(broker).count("n1:2") == 1
        assert store.pending(10) == []

    @pytest.mark.parametrize("moment", MOMENTS)
    def test_a_crash_at_any_step_repeats_and_never_loses(
        self, moment: str, repository: Repository[Notebook], store: Any, broker: FakeBroker
    ) -> None:
        watched = Watched(store, broker, moment, crash)
        with pytest.raises(Crash):
            self.relay(watched, watched).step()
        self.write(repository, "n1", "b")
        self.relay(store, broker).step()
        assert sorted(set(ids_of(broker))) == ["n1:1", "n1:2", "n2:1"]
        assert self.journaled(store) == ["n1:1", "n1:2", "n2:1"]
        assert store.pending(10) == []

    def test_while_the_broker_is_down_commands_go_on_and_all_drains_later(
        self, repository: Repository[Notebook], store: Any, broker: FakeBroker
    ) -> None:
        broker.down = True
        assert not self.relay(store, broker).step()
        self.write(repository, "n1", "b")
        broker.down = False
        assert self.relay(store, broker).step()
        assert sorted(ids_of(broker)) == ["n1:1", "n1:2", "n2:1"]

    def test_an_aggregate_the_broker_refuses_stops_alone(
        self, repository: Repository[Notebook], store: Any, broker: FakeBroker
    ) -> None:
        self.write(repository, "n1", "b")
        broker.refuses = lambda record: b'"sample:notebook:n1:1"' in record.value
        relay = self.relay(store, broker)
        relay.step()
        relay.step()
        assert [pending.id for pending in store.pending(10)] == ["n1"]
        assert [row["seq"] for row in store.pending(10)[0].rows] == [1, 2]
        assert ids_of(broker).count("n2:1") == 1

    def test_an_event_against_its_contract_is_never_sent_nor_what_follows_it(
        self, repository: Repository[Notebook], store: Any, broker: FakeBroker
    ) -> None:
        self.write(repository, "n1", "b")

        def validate(wire: Mapping[str, Any]) -> None:
            if wire["id"] == "sample:notebook:n1:1":
                raise ValueError

        self.relay(store, broker, validate=validate).step()
        assert ids_of(broker) == ["n2:1"]
        assert [pending.id for pending in store.pending(10)] == ["n1"]

    def test_a_process_without_the_lease_does_not_work(
        self, repository: Repository[Notebook], store: Any, broker: FakeBroker
    ) -> None:
        turn = NeverMyTurn()
        relay = self.relay(store, broker, turn=turn)
        relay.run(turn.asked_twice)
        assert ids_of(broker) == []
        assert turn.released


class NeverMyTurn:
    """Somebody else holds the lease."""

    def __init__(self) -> None:
        self.asked_twice = Event()
        self.released = False
        self._asked = 0

    def acquire(self) -> bool:
        self._asked += 1
        if self._asked == 2:
            self.asked_twice.set()
        return False

    def release(self) -> None:
        self.released = True


def crash() -> None:
    raise Crash


def ids_of(broker: FakeBroker) -> list[str]:
    """The short ids (`n1:2`) of what was sent, in order."""
    return [":".join(json.loads(record.value)["id"].split(":")[2:]) for record in broker.records]
