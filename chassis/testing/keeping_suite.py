"""What cursors, parked keys, lines, replicas and consultations promise, twin and real alike."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chassis.consultations import Consultations
from chassis.cursors import Cursors, Lines, Origin, ParkedKey, ParkedKeys
from chassis.replicas import Replica
from chassis.subscriptions import LineUpdate
from chassis.testing.clock import EPOCH
from chassis.testing.consuming import message_of

ONE, TWO = Origin("sample", "n1"), Origin("sample", "n2")
PARKED = ParkedKey("g", "t", "n1", "ValueError", 0, 7, EPOCH)


class CursorsSuite:
    @pytest.fixture
    def cursors(self) -> Cursors:
        raise NotImplementedError

    def test_what_was_never_seen_is_absent(self, cursors: Cursors) -> None:
        cursors.advance("g", {ONE: 3})
        assert cursors.read("g", [ONE, TWO]) == {ONE: 3}
        assert cursors.read("other", [ONE]) == {}
        assert cursors.read("g", []) == {}

    def test_a_cursor_never_goes_back(self, cursors: Cursors) -> None:
        cursors.advance("g", {ONE: 3, TWO: 1})
        cursors.advance("g", {ONE: 2, TWO: 5})
        assert cursors.read("g", [ONE, TWO]) == {ONE: 3, TWO: 5}


class ParkedKeysSuite:
    @pytest.fixture
    def parked(self) -> ParkedKeys:
        raise NotImplementedError

    def test_a_key_is_parked_for_one_group_and_topic(self, parked: ParkedKeys) -> None:
        parked.park(PARKED)
        assert parked.among("g", "t", ["n1", "n2"]) == {"n1"}
        assert parked.among("g", "other", ["n1"]) == parked.among("other", "t", ["n1"]) == set()
        assert parked.all("g") == [PARKED]

    def test_the_first_reason_stays(self, parked: ParkedKeys) -> None:
        parked.park(PARKED)
        parked.park(replace(PARKED, raison="KeyError"))
        assert parked.get("g", "t", "n1") == PARKED

    def test_an_unknown_origin_is_learnt_once(self, parked: ParkedKeys) -> None:
        parked.park(PARKED)
        parked.learn_origin("g", "t", "n1", "sample", "notebook")
        parked.learn_origin("g", "t", "n1", "other", "book")
        assert parked.get("g", "t", "n1") == replace(PARKED, source="sample", kind="notebook")

    def test_a_released_key_is_free(self, parked: ParkedKeys) -> None:
        parked.park(PARKED)
        parked.release("g", "t", "n1")
        assert parked.get("g", "t", "n1") is None
        assert parked.among("g", "t", ["n1"]) == set()


class LinesSuite:
    @pytest.fixture
    def lines(self) -> Lines:
        raise NotImplementedError

    def line(self, lines: Any, id: str) -> dict[str, Any]:
        raise NotImplementedError

    def test_only_a_newer_event_writes_a_line(self, lines: Lines) -> None:
        lines.apply([update(2, state="second"), update(1, state="first"), update(2, state="again")])
        assert self.line(lines, "a") == {"_id": "a", "seq": 2, "state": "second"}

    def test_what_others_wrote_on_the_line_stays(self, lines: Lines) -> None:
        lines.apply([update(1, state="first", owner="x"), update(2, state="second")])
        assert self.line(lines, "a") == {"_id": "a", "seq": 2, "state": "second", "owner": "x"}

    def test_values_are_kept_as_they_are(self, lines: Lines) -> None:
        odd = {"text": "$state", "nested": {"$add": [1, 2]}, "none": None, "list": ["$$ROOT"], "le": EPOCH}
        lines.apply([update(1, **odd)])
        assert self.line(lines, "a") == {"_id": "a", "seq": 1, **odd}


def update(seq: int, **fields: Any) -> LineUpdate:
    return LineUpdate("notes_v1", "a", seq, fields)


class ReplicaSuite:
    @pytest.fixture
    def replica(self) -> Replica:
        raise NotImplementedError

    def test_the_newest_state_replaces_the_whole_document(self, replica: Replica) -> None:
        replica.put(message_of("n1", 2, tags=["x", "y"], old=True))
        replica.put(message_of("n1", 3, tags=["y"]))
        replica.put(message_of("n1", 1, tags=[]))
        assert replica.get("n1") == {"_id": "n1", "seq": 3, "tags": ["y"]}

    def test_documents_are_found_by_equality_and_by_what_a_list_holds(self, replica: Replica) -> None:
        replica.put(message_of("n1", 1, shelf="a", tags=["x", "y"]))
        replica.put(message_of("n2", 1, shelf="a", tags=["z"]))
        assert {found["_id"] for found in replica.find(shelf="a")} == {"n1", "n2"}
        assert [found["_id"] for found in replica.find(shelf="a", tags="y")] == ["n1"]
        assert replica.find(shelf="b") == []

    def test_a_denied_key_is_unknown_until_something_newer_is_said(self, replica: Replica) -> None:
        replica.put(message_of("n1", 1, shelf="a"))
        replica.deny("n1")
        replica.deny("n9")
        assert replica.get("n1") is replica.get("n9") is None
        assert replica.find(shelf="a") == []
        replica.put(message_of("n1", 1, shelf="a"))
        assert replica.get("n1") is None
        replica.put(message_of("n1", 2, shelf="a"))
        replica.put(message_of("n9", 1, shelf="a"))
        assert len(replica.find(shelf="a")) == 2

    def test_nothing_is_known_of_a_key_nobody_spoke_of(self, replica: Replica) -> None:
        assert replica.get("n1") is None


class ConsultationsSuite:
    @pytest.fixture
    def consultations(self) -> Consultations:
        raise NotImplementedError

    def test_who_looked_is_told_latest_first(self, consultations: Consultations) -> None:
        consultations.record("n1", "p1", "clerk", "search", EPOCH)
        consultations.record("n1", "p2", "clerk", "request", EPOCH + timedelta(minutes=1))
        consultations.record("n2", "p1", "clerk", "search", EPOCH)
        assert [(seen.acteur, seen.motif) for seen in consultations.of("n1")] == [
            ("p2", "request"),
            ("p1", "search"),
        ]
        assert len(consultations.of("n1", limit=1)) == 1
