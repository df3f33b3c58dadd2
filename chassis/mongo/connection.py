"""One way to reach MongoDB, and one way to say that it does not answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC
from typing import Any

from pymongo import MongoClient
from pymongo.collection import Collection
from pymongo.database import Database
from pymongo.errors import ConnectionFailure, ExecutionTimeout, WTimeoutError

from chassis.errors import Indisponible

MongoDocument = dict[str, Any]
MongoCollection = Collection[MongoDocument]
MongoDatabase = Database[MongoDocument]

MONGO_DOWN = (ConnectionFailure, ExecutionTimeout, WTimeoutError)


def connect(url: str) -> MongoClient[MongoDocument]:
    """A client whose writes are on disk on a majority before they count, and whose dates are UTC.

    Connects lazily: a server that is down shows at the first operation, after three seconds.
    """
    return MongoClient(
        url,
        tz_aware=True,
        tzinfo=UTC,
        w="majority",
        journal=True,
        serverSelectionTimeoutMS=3_000,
        connectTimeoutMS=2_000,
        socketTimeoutMS=20_000,
    )


@contextmanager
def mongo_answers() -> Iterator[None]:
    """Turns a server that does not answer into `Indisponible`."""
    try:
        yield
    except MONGO_DOWN as error:
        raise Indisponible("Le service ne répond pas pour l’instant. Réessayez dans un moment.") from error
