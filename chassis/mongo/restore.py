"""After a database was restored: numbers that may have been sent are never given again."""

from collections.abc import Callable

from chassis.mongo.connection import MongoCollection, mongo_answers

JUMP = 1_000_000


def jump_after_restore(collection: MongoCollection, resume: Callable[[str], None], jump: int = JUMP) -> int:
    """Makes the seq of every aggregate jump, then calls `resume(id)`; gives how many there were.

    `resume` runs a command whose events tell the present state of each item again (`…repris`), so that
    readers that saw the lost events are set right. Running it twice is harmless. Raises Indisponible.
    """
    with mongo_answers():
        ids = [found["_id"] for found in collection.find({}, {"_id": 1})]
    for id in ids:
        with mongo_answers():
            collection.update_one({"_id": id}, {"$inc": {"seq": jump, "v": 1}})
        resume(id)
    return len(ids)
