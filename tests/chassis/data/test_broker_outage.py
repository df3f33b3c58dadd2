"""A broker killed for real: commands go on, and everything drains when it comes back."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from chassis.kafka import ACK_SECONDS, ensure_topics
from chassis.mongo.connection import MongoDatabase
from chassis.testing.servers import wait_until_ready
from deploy.local.stack import Kafka, free_ports
from tests.chassis.data.test_end_to_end import Bench, eventually, running

TOPIC = "sample.events"


@pytest.mark.serveur
def test_a_broker_killed_and_started_again_loses_nothing(
    mongo_database: MongoDatabase, tmp_path: Path
) -> None:
    kafka, ports = Kafka(), free_ports()
    kafka.start(tmp_path, ports)
    try:
        wait_until_ready(kafka)
        ensure_topics(kafka.url, [TOPIC], partitions=2)
        bench = Bench(mongo_database, kafka.url, TOPIC)
        with bench.relaying(), running(bench.consumers(bench.commands()).run):
            bench.write("n1", "a")
            eventually(lambda: len(bench.application.heard) == 1)
            kill(kafka)
            for number in range(5):
                bench.write("n1", f"b{number}")
                bench.write(f"m{number}", "a")
            kafka.start(tmp_path, ports)
            eventually(lambda: len(set(bench.application.heard)) == 11, seconds=60)
        mine = [id for id in bench.application.heard if ":n1:" in id]
        assert mine == [f"sample:notebook:n1:{seq}" for seq in range(1, 7)]
    finally:
        kafka.stop()


@pytest.mark.serveur
def test_a_broker_silent_longer_than_a_send_lasts_drains_when_it_speaks_again(
    mongo_database: MongoDatabase, tmp_path: Path
) -> None:
    kafka, ports = Kafka(), free_ports()
    kafka.start(tmp_path, ports)
    try:
        wait_until_ready(kafka)
        ensure_topics(kafka.url, [TOPIC], partitions=2)
        bench = Bench(mongo_database, kafka.url, TOPIC)
        with bench.relaying(), running(bench.consumers(bench.commands()).run):
            bench.write("n1", "a")
            eventually(lambda: len(bench.application.heard) == 1)
            with frozen(kafka):
                for number in range(5):
                    bench.write("n1", f"b{number}")
                    time.sleep(0.5)
                time.sleep(2 * ACK_SECONDS)
            eventually(lambda: len(set(bench.application.heard)) == 6, seconds=60)
        mine = [id for id in bench.application.heard if ":n1:" in id]
        assert list(dict.fromkeys(mine)) == [f"sample:notebook:n1:{seq}" for seq in range(1, 7)]
    finally:
        kafka.stop()


@contextmanager
def frozen(kafka: Kafka) -> Iterator[None]:
    """It keeps its connections and answers nothing."""
    process: Any = kafka.process
    os.kill(process.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process.pid, signal.SIGCONT)


def kill(kafka: Kafka) -> None:
    process: Any = kafka.process
    os.kill(process.pid, signal.SIGKILL)
    eventually(lambda: process.pid is None)
