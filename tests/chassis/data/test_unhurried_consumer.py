"""A look that brings nothing at once is followed by a breath: a frozen broker must not take a core."""

import time
from typing import Any

import pytest
from kafka import KafkaConsumer

from chassis.kafka import BREATH_SECONDS, UnhurriedConsumer


def seconds_of_a_look(monkeypatch: pytest.MonkeyPatch, found: dict[str, Any]) -> float:
    monkeypatch.setattr(KafkaConsumer, "_poll_once", lambda *_: found)
    consumer = UnhurriedConsumer.__new__(UnhurriedConsumer)
    began = time.monotonic()
    assert consumer._poll_once(None) == found
    return time.monotonic() - began


def test_nothing_found_at_once_waits_a_little(monkeypatch: pytest.MonkeyPatch) -> None:
    assert seconds_of_a_look(monkeypatch, {}) >= BREATH_SECONDS


def test_what_is_found_is_given_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert seconds_of_a_look(monkeypatch, {"t": [1]}) < BREATH_SECONDS
