"""One MongoDB node becomes a replica set of one, because majority writes want one."""

from typing import Any

from pymongo import MongoClient
from pymongo.errors import OperationFailure

NAME = "rs0"
MEMBER = "127.0.0.1:27017"
ALREADY_INITIALIZED = 23


def is_primary(url: str) -> bool:
    """Whether it takes writes now; it is told to when it was never told. Raises PyMongoError."""
    client: MongoClient[Any] = MongoClient(url, directConnection=True, serverSelectionTimeoutMS=2_000)
    try:
        if client.admin.command("hello").get("isWritablePrimary"):
            return True
        _initiate(client)
        return False
    finally:
        client.close()


def _initiate(client: "MongoClient[Any]") -> None:
    members = [{"_id": 0, "host": MEMBER}]
    try:
        client.admin.command("replSetInitiate", {"_id": NAME, "members": members})
    except OperationFailure as error:
        if error.code != ALREADY_INITIALIZED:
            raise
