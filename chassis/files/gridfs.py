"""Files in MongoDB: rows in one collection, bytes in GridFS."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, BinaryIO, cast

from gridfs import GridFSBucket, NoFile
from pymongo import ASCENDING

from chassis.errors import Introuvable
from chassis.files.port import Piece
from chassis.files.storage import Row
from chassis.mongo.connection import MongoDatabase, mongo_answers


class GridFsStorage:
    """`PieceStorage` over one database: collection `pieces`, bucket `fichiers`."""

    def __init__(self, database: MongoDatabase) -> None:
        self._rows = database["pieces"]
        self._bucket = GridFSBucket(database, "fichiers")

    def ensure_indexes(self) -> None:
        with mongo_answers():
            self._rows.create_index([("etat", ASCENDING), ("echeance", ASCENDING)])

    def insert(self, row: Row) -> None:
        with mongo_answers():
            self._rows.insert_one({"_id": row.piece.ref, **asdict(row)})

    def get(self, ref: str) -> Row | None:
        with mongo_answers():
            found = self._rows.find_one({"_id": ref})
        return None if found is None else _row(found)

    def update(self, row: Row, **changes: Any) -> bool:
        with mongo_answers():
            done = self._rows.update_one(
                {"_id": row.piece.ref, "v": row.v}, {"$set": changes, "$inc": {"v": 1}}
            )
        return done.modified_count == 1

    def due(self, etat: str, before: datetime, limit: int) -> Sequence[Row]:
        with mongo_answers():
            found = self._rows.find({"etat": etat, "echeance": {"$lt": before}}).limit(limit)
            return [_row(document) for document in found]

    def remove(self, row: Row) -> None:
        with mongo_answers():
            self._rows.delete_one({"_id": row.piece.ref, "v": row.v})

    def put(self, blob: str, content: BinaryIO) -> None:
        with mongo_answers():
            self._bucket.upload_from_stream_with_id(blob, "piece", content)

    def open(self, blob: str) -> BinaryIO:
        with mongo_answers():
            try:
                return cast(BinaryIO, self._bucket.open_download_stream(blob))
            except NoFile:
                raise Introuvable("Ce fichier n’existe pas ou ne vous est pas ouvert.") from None

    def drop(self, blob: str) -> None:
        with mongo_answers():
            try:
                self._bucket.delete(blob)
            except NoFile:
                return


def _row(document: dict[str, Any]) -> Row:
    fields = {name: document[name] for name in ("deposant", "agent", "etat", "echeance", "v")}
    return Row(piece=Piece(**document["piece"]), **fields)
