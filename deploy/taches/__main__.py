"""`python -m deploy.taches {jeu-de-repliques|sujets}`: what must be done once before the services start.

It runs in any service's image and reads the same `MONGO_URL` and `KAFKA_URL`.
"""

import os
import sys
import time
from collections.abc import Callable

from kafka.errors import KafkaError
from pymongo.errors import PyMongoError

from deploy.taches.replica_set import is_primary
from deploy.taches.topics import ensure_all

PATIENCE_SECONDS = 90.0
PAUSE_SECONDS = 1.0
USAGE_ERROR, NOT_DONE = 64, 1


def _replica_set() -> bool:
    return is_primary(os.environ["MONGO_URL"])


def _topics() -> bool:
    ensure_all(os.environ["KAFKA_URL"])
    return True


TASKS: dict[str, Callable[[], bool]] = {"jeu-de-repliques": _replica_set, "sujets": _topics}


def main(words: list[str]) -> int:
    task = TASKS.get(words[0]) if len(words) == 1 else None
    if task is None:
        sys.stderr.write(f"usage: python -m deploy.taches {{{'|'.join(TASKS)}}}\n")
        return USAGE_ERROR
    end = time.monotonic() + PATIENCE_SECONDS
    while not _done(task):
        if time.monotonic() > end:
            sys.stderr.write(f"{words[0]}: the server did not answer in {PATIENCE_SECONDS:.0f} s\n")
            return NOT_DONE
        time.sleep(PAUSE_SECONDS)
    return 0


def _done(task: Callable[[], bool]) -> bool:
    try:
        return task()
    except (KafkaError, PyMongoError):
        return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
