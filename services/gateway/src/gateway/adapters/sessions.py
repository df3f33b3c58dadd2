"""Sessions in Mongo: one document each, its tokens sealed, its id a digest of the cookie."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from pymongo import ASCENDING
from pymongo.collection import Collection
from pymongo.database import Database

from chassis.mongo.connection import mongo_answers
from gateway.adapters.coffre import Coffre
from gateway.application.sessions import ABSOLUTE, SIGN_IN, Jetons, Session, Titulaire

RENEWING = timedelta(seconds=10)
TOMBSTONE = timedelta(minutes=10)
FORGOTTEN_AFTER = ABSOLUTE + timedelta(hours=2)

Document = dict[str, Any]


class MongoSessions:
    """Implements `application.sessions.Sessions`.

    A session outlives its own end by a while: a form sent too late still finds its owner's name.
    """

    def __init__(self, database: Database[Document], coffre: Coffre) -> None:
        self._sessions: Collection[Document] = database["sessions"]
        self._closed: Collection[Document] = database["sessions_closes"]
        self._coffre = coffre

    def ensure_indexes(self) -> None:
        self._sessions.create_index([("sid", ASCENDING)], sparse=True)
        self._sessions.create_index([("sub", ASCENDING)], sparse=True)
        self._sessions.create_index([("personne_id", ASCENDING)], sparse=True)
        self._sessions.create_index("oubli_le", expireAfterSeconds=0)
        self._closed.create_index("expire_le", expireAfterSeconds=0)

    def get(self, empreinte: str) -> Session | None:
        with mongo_answers():
            document = self._sessions.find_one({"_id": empreinte})
        return None if document is None else self._session(document)

    def create(self, session: Session) -> None:
        self._sessions.insert_one(self._document(session))

    def delete(self, empreinte: str) -> None:
        self._sessions.delete_one({"_id": empreinte})

    def seen(self, empreinte: str, now: datetime) -> None:
        self._sessions.update_one({"_id": empreinte}, {"$set": {"vu_le": now}})

    def write_content(self, empreinte: str, contenu: Mapping[str, Any]) -> None:
        self._sessions.update_one({"_id": empreinte}, {"$set": {"contenu": self._coffre.seal(dict(contenu))}})

    def claim_refresh(self, empreinte: str, received: datetime, now: datetime) -> bool:
        claimed = self._sessions.update_one(
            {"_id": empreinte, "recus_le": received, "renouvelle_jusque": {"$lte": now}},
            {"$set": {"renouvelle_jusque": now + RENEWING}},
        )
        return claimed.modified_count == 1

    def write_tokens(self, empreinte: str, jetons: Jetons) -> None:
        self._sessions.update_one({"_id": empreinte}, {"$set": self._token_fields(jetons)})

    def of_person(self, personne_id: str, now: datetime) -> Sequence[Session]:
        found = (self._session(document) for document in self._sessions.find({"personne_id": personne_id}))
        return sorted((s for s in found if s.active(now)), key=lambda s: s.vu_le, reverse=True)

    def close_sid(self, sid: str, now: datetime) -> int:
        closed = self._sessions.delete_many({"sid": sid}).deleted_count
        self._closed.update_one({"_id": sid}, {"$set": {"expire_le": now + TOMBSTONE}}, upsert=True)
        return closed

    def close_sub(self, sub: str) -> int:
        return self._sessions.delete_many({"sub": sub}).deleted_count

    def is_closed(self, sid: str, now: datetime) -> bool:
        return self._closed.find_one({"_id": sid, "expire_le": {"$gt": now}}) is not None

    def _document(self, session: Session) -> Document:
        document: Document = {
            "_id": session.empreinte,
            "cree_le": session.cree_le,
            "vu_le": session.vu_le,
            "oubli_le": session.cree_le + (FORGOTTEN_AFTER if session.titulaire else SIGN_IN),
            "contenu": self._coffre.seal(dict(session.contenu)),
            "navigateur": session.navigateur,
            "renouvelle_jusque": session.cree_le,
        }
        if session.titulaire:
            document |= _holder_fields(session.titulaire)
        if session.jetons:
            document |= self._token_fields(session.jetons)
        return document

    def _token_fields(self, jetons: Jetons) -> Document:
        sealed = self._coffre.seal([jetons.acces, jetons.rafraichissement, jetons.identite])
        return {"jetons": sealed, "recus_le": jetons.recus_le, "acces_expire_le": jetons.expire_le}

    def _session(self, document: Document) -> Session:
        return Session(
            empreinte=document["_id"],
            cree_le=document["cree_le"],
            vu_le=document["vu_le"],
            contenu=self._coffre.open(document.get("contenu")) or {},
            titulaire=_holder(document),
            jetons=self._tokens(document),
            navigateur=document.get("navigateur", ""),
        )

    def _tokens(self, document: Document) -> Jetons | None:
        opened = self._coffre.open(document.get("jetons"))
        if not opened:
            return None
        acces, rafraichissement, identite = opened
        received, until = document["recus_le"], document["acces_expire_le"]
        return Jetons(acces, rafraichissement, identite, received, until)


def _holder_fields(titulaire: Titulaire) -> Document:
    return {
        "personne_id": titulaire.personne_id,
        "sub": titulaire.sub,
        "sid": titulaire.sid,
        "roles": sorted(titulaire.roles),
        "academie": titulaire.academie,
    }


def _holder(document: Document) -> Titulaire | None:
    if "personne_id" not in document:
        return None
    return Titulaire(
        document["personne_id"],
        document["sub"],
        document["sid"],
        frozenset(document["roles"]),
        document.get("academie"),
    )
