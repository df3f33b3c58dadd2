"""Answers that seldom change, kept a few minutes in memory: rubrique definitions, motives, names."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from chassis.clock import Clock
from chassis.errors import Indisponible
from chassis.security.client import ServiceClient
from gateway.application.vues.libelles import Libelles
from gateway.application.vues.personnes import Noms

DEFINITIONS_KEPT = timedelta(minutes=5)
NAMES_KEPT = timedelta(seconds=60)
MOST_NAMES = 5000


class Definitions:
    """What dossier and cv say of their rubriques and motives; the last answer serves while they are down."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = Lock()
        self._kept: dict[str, tuple[datetime, Any]] = {}

    def rubriques(self, client: ServiceClient) -> Mapping[str, Any]:
        """Definitions by code, in the service's order. Raises Indisponible when never obtained."""
        found = self._answer(f"{client.name}/rubriques", lambda: client.get("/rubriques").json())
        return {d["code"]: d for d in _list(found, "rubriques")}

    def delai_reponse(self, client: ServiceClient) -> int | None:
        """The working days in which an answer is usual; None when the service never said so."""
        try:
            found = self._answer(f"{client.name}/rubriques", lambda: client.get("/rubriques").json())
        except Indisponible:
            return None
        return found.get("delai_reponse_jours") if isinstance(found, Mapping) else None

    def motifs(self, client: ServiceClient) -> list[dict[str, Any]]:
        found = self._answer(f"{client.name}/motifs", lambda: client.get("/motifs").json())
        return _list(found, "motifs")

    def libelles(self, dossier: ServiceClient, cv: ServiceClient) -> Libelles:
        """Words for codes; a silent service's codes are shown as they are."""
        return Libelles(self._or_nothing(dossier), self._or_nothing(cv))

    def _or_nothing(self, client: ServiceClient) -> Mapping[str, Any]:
        try:
            return self.rubriques(client)
        except Indisponible:
            return {}

    def _answer(self, key: str, ask: Callable[[], Any]) -> Any:
        now = self._clock.now()
        asked, answer = self._kept.get(key, (None, None))
        if asked is not None and now - asked < DEFINITIONS_KEPT:
            return answer
        try:
            answer = ask()
        except Indisponible:
            if asked is None:
                raise
        with self._lock:
            self._kept[key] = (now, answer)
        return answer


class Annuaire:
    """Names by id, asked of identity in one batch and kept a minute in memory, never on disk."""

    def __init__(self, identity: ServiceClient, clock: Clock) -> None:
        self._identity = identity
        self._clock = clock
        self._lock = Lock()
        self._known: dict[str, tuple[datetime, Mapping[str, Any]]] = {}

    def noms(self, ids: Iterable[str | None]) -> Noms:
        """Those that could be learnt; identity down leaves the others without a name."""
        wanted = {id for id in ids if id and id != "systeme" and not id.startswith("service:")}
        fresh = self._clock.now() - NAMES_KEPT
        missing = [id for id in wanted if id not in self._known or self._known[id][0] < fresh]
        if missing:
            self._learn(sorted(missing))
        return Noms({id: self._known[id][1] for id in wanted if id in self._known})

    def _learn(self, ids: list[str]) -> None:
        try:
            found = self._identity.post("/interne/noms", {"ids": ids}).json()["noms"]
        except Indisponible:
            return
        now = self._clock.now()
        with self._lock:
            if len(self._known) > MOST_NAMES:
                self._known.clear()
            self._known |= {id: (now, name) for id, name in found.items()}


def _list(answer: Any, name: str) -> list[dict[str, Any]]:
    return list(answer[name]) if isinstance(answer, Mapping) else list(answer)
