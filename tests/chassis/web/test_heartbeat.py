"""Liveness is about the loops of a process, not about the thread that answers the probe."""

from threading import Event, Thread
from time import sleep

import pytest

from chassis import heartbeat
from chassis.heartbeat import Beating, loops_turn


@pytest.fixture
def stop() -> Beating:
    return Beating()


def test_a_loop_that_asks_its_stop_is_alive(stop: Beating) -> None:
    assert not stop.wait(0.01)

    assert loops_turn(limit=1.0)


def test_a_loop_that_hangs_is_told(stop: Beating) -> None:
    release = Event()

    def hang() -> None:
        stop.is_set()
        release.wait(5)

    thread = Thread(target=hang)
    thread.start()
    sleep(0.3)
    assert not loops_turn(limit=0.2)
    release.set()
    thread.join()
    assert loops_turn(limit=0.2)


def test_a_long_pause_is_not_a_silence(stop: Beating, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heartbeat, "SLICE_SECONDS", 0.05)
    thread = Thread(target=stop.wait, args=(3.0,))
    thread.start()
    sleep(0.5)

    assert loops_turn(limit=0.3)
    stop.set()
    thread.join()


def test_a_pause_ends_at_once_when_told_to_stop(stop: Beating) -> None:
    stop.set()

    assert stop.wait(10.0)
