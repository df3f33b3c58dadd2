"""Chooses the implementations. Built once per process, from its configuration."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import contracts
from chassis.clock import Clock, SystemClock
from chassis.config import Settings
from chassis.files.antivirus import antivirus
from chassis.files.gridfs import GridFsStorage
from chassis.files.store import CheckedFileStore
from chassis.files.sweeper import Sweeper
from chassis.http.health import Check
from chassis.ids import Ids, RandomIds
from chassis.mongo.connection import MongoDatabase, connect
from chassis.mongo.consultations import MongoConsultations
from chassis.mongo.document_store import MongoDocumentStore
from chassis.mongo.journal import MongoJournal, broken_chains
from chassis.mongo.outbox import MongoOutbox
from chassis.mongo.replica import MongoReplica
from chassis.relay import Relay
from chassis.repository import Repository
from chassis.subscriptions import AnySubscription
from chassis.wiring import Consumers, make_relay
from cv.adapters.brouillons import BrouillonsMongo
from cv.adapters.catalogue import charger
from cv.adapters.publications import CV_KIND
from cv.adapters.references import References
from cv.adapters.refus import RefusJournalises
from cv.application.outils import Outils
from cv.application.perimetre import Perimetre

SERVICE = "cv"
CVS = "cvs"


@dataclass(frozen=True)
class Application:
    """The service, wired over one database."""

    settings: Settings
    base: MongoDatabase
    clock: Clock
    ids: Ids
    outils: Outils
    agents: MongoReplica
    portefeuilles: MongoReplica
    fichiers: GridFsStorage
    references: References
    journal: MongoJournal

    def checks(self) -> Mapping[str, Check]:
        return {"mongo": lambda: bool(self.base.command("ping")["ok"])}

    def relais(self) -> Relay:
        return make_relay(
            SERVICE,
            self.base,
            [CVS],
            self.settings.kafka_url,
            lambda type_: contracts.topic_of(type_).name,
            contracts.validate_produced,
            self.clock,
            self.ids,
        )

    def consommateurs(self, abonnements: Sequence[AnySubscription], heartbeat_ms: int = 3_000) -> Consumers:
        return Consumers(
            abonnements,
            self,
            self.base,
            self.settings.kafka_url,
            contracts.validate_consumed,
            self.clock,
            heartbeat_ms=heartbeat_ms,
        )

    def chaines_rompues(self) -> Iterator[tuple[str, str, int]]:
        return broken_chains(self.journal, self.settings.cle_audit(), {CV_KIND.name: self.base[CVS]})

    def balayeur(self) -> Sweeper:
        return Sweeper(self.fichiers, self.references.nommees, self.clock)


def assembler(
    settings: Settings,
    base: MongoDatabase | None = None,
    clock: Clock | None = None,
    ids: Ids | None = None,
) -> Application:
    """Connects lazily: nothing is asked of Mongo before the first operation."""
    base = base if base is not None else connect(settings.mongo_url)[settings.mongo_base]
    agents, portefeuilles = MongoReplica(base["rattachements_v1"]), MongoReplica(base["portefeuilles_v1"])
    brouillons, fichiers = BrouillonsMongo(base["brouillons"]), GridFsStorage(base)
    store = MongoDocumentStore(base[CVS])
    return Application(
        settings=settings,
        base=base,
        clock=clock or SystemClock(),
        ids=ids or RandomIds(),
        outils=Outils(
            depot=Repository(CV_KIND, store, settings.cle_audit()),
            brouillons=brouillons,
            pieces=CheckedFileStore(fichiers, antivirus(settings.clamd_url)),
            perimetre=Perimetre(agents, portefeuilles, RefusJournalises()),
            consultations=MongoConsultations(base["consultations"]),
            catalogue=charger(),
        ),
        agents=agents,
        portefeuilles=portefeuilles,
        fichiers=fichiers,
        references=References(base[CVS], brouillons),
        journal=MongoJournal(base["journal"], {CV_KIND.name: store}),
    )


def preparer_les_index(base: MongoDatabase) -> None:
    """Idempotent; every role calls it when it starts. Raises Indisponible."""
    brouillons = BrouillonsMongo(base["brouillons"])
    prepares: Sequence[Callable[[], None]] = (
        MongoDocumentStore(base[CVS]).ensure_indexes,
        MongoOutbox(base[CVS], base["journal"]).ensure_indexes,
        brouillons.ensure_indexes,
        References(base[CVS], brouillons).ensure_indexes,
        GridFsStorage(base).ensure_indexes,
        MongoConsultations(base["consultations"]).ensure_indexes,
    )
    for prepare in prepares:
        prepare()
