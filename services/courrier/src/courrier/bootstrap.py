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
from chassis.journal import HttpJournalClient, JournalClient
from chassis.mongo.connection import MongoDatabase, connect
from chassis.mongo.document_store import MongoDocumentStore
from chassis.mongo.journal import MongoJournal, broken_chains
from chassis.mongo.outbox import MongoOutbox
from chassis.mongo.replica import MongoReplica
from chassis.relay import Relay
from chassis.repository import Repository
from chassis.security.client import service_client
from chassis.security.service_tokens import service_tokens
from chassis.subscriptions import AnySubscription
from chassis.wiring import Consumers, make_relay
from courrier.adapters.brouillons import BrouillonsMongo
from courrier.adapters.catalogue import charger
from courrier.adapters.listes import ListesMongo
from courrier.adapters.publications import FIL_KIND
from courrier.adapters.references import References
from courrier.adapters.refus import RefusJournalises
from courrier.application.outils import Outils
from courrier.application.perimetre import Perimetre

SERVICE = "courrier"
FILS = "fils"


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
    journaux: JournalClient

    def checks(self) -> Mapping[str, Check]:
        return {"mongo": lambda: bool(self.base.command("ping")["ok"])}

    def relais(self) -> Relay:
        return make_relay(
            SERVICE,
            self.base,
            [FILS],
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
            journal=self.journaux,
            heartbeat_ms=heartbeat_ms,
        )

    def chaines_rompues(self) -> Iterator[tuple[str, str, int]]:
        return broken_chains(self.journal, self.settings.cle_audit(), {FIL_KIND.name: self.base[FILS]})

    def balayeur(self) -> Sweeper:
        return Sweeper(self.fichiers, self.references.nommees, self.clock)


def assembler(
    settings: Settings,
    base: MongoDatabase | None = None,
    clock: Clock | None = None,
    ids: Ids | None = None,
    journaux: JournalClient | None = None,
) -> Application:
    """Connects lazily: nothing is asked of Mongo before the first operation."""
    base = base if base is not None else connect(settings.mongo_url)[settings.mongo_base]
    agents = MongoReplica(base["rattachements_v1"])
    portefeuilles = MongoReplica(base["portefeuilles_v1"], ("academie",))
    brouillons, fichiers = BrouillonsMongo(base["brouillons"]), GridFsStorage(base)
    store = MongoDocumentStore(base[FILS])
    return Application(
        settings=settings,
        base=base,
        clock=clock or SystemClock(),
        ids=ids or RandomIds(),
        outils=Outils(
            depot=Repository(FIL_KIND, store, settings.cle_audit()),
            listes=ListesMongo(base[FILS]),
            brouillons=brouillons,
            pieces=CheckedFileStore(fichiers, antivirus(settings.clamd_url)),
            perimetre=Perimetre(agents, portefeuilles, RefusJournalises()),
            modeles=charger(),
        ),
        agents=agents,
        portefeuilles=portefeuilles,
        fichiers=fichiers,
        references=References(base[FILS], brouillons),
        journal=MongoJournal(base["journal"], {FIL_KIND.name: store}),
        journaux=journaux or _journaux(settings),
    )


def preparer_les_index(base: MongoDatabase) -> None:
    """Idempotent; every role calls it when it starts. Raises Indisponible."""
    brouillons = BrouillonsMongo(base["brouillons"])
    prepares: Sequence[Callable[[], None]] = (
        MongoDocumentStore(base[FILS]).ensure_indexes,
        MongoOutbox(base[FILS], base["journal"]).ensure_indexes,
        ListesMongo(base[FILS]).ensure_indexes,
        brouillons.ensure_indexes,
        References(base[FILS], brouillons).ensure_indexes,
        GridFsStorage(base).ensure_indexes,
        MongoReplica(base["portefeuilles_v1"], ("academie",)).ensure_indexes,
    )
    for prepare in prepares:
        prepare()


def _journaux(settings: Settings) -> JournalClient:
    """Where the events that were missed are asked for."""
    token = service_tokens(settings).token
    return HttpJournalClient(
        {
            "dossier": service_client("dossier", settings.dossier_url, token),
            "cv": service_client("cv", settings.cv_url, token),
        }
    )
