"""Chooses the implementations. Built once per process, from its configuration."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import contracts
from chassis.clock import Clock, SystemClock
from chassis.commands import Acteur, CommandContext
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
from chassis.mongo.replica import MongoReplica
from chassis.relay import Relay
from chassis.repository import Repository
from chassis.security.client import ServiceClient, service_client
from chassis.security.service_tokens import service_tokens
from chassis.wiring import make_relay
from contracts.personnes import empreinte_de_cle
from dossier.adapters.catalogue import charger
from dossier.adapters.cv import CvParHttp
from dossier.adapters.lots import LotsDeDossiers
from dossier.adapters.publications import DOSSIER
from dossier.adapters.registres import ExtraitsCharges, PiecesCitees
from dossier.application.ports import Application
from dossier.application.versements import DIPLOMES
from dossier.config import Configuration

DOSSIERS = "dossiers"


class CleEtrangere(RuntimeError):
    """The files were loaded under another key of persons: everybody would get a second file."""


@dataclass(frozen=True)
class Service:
    """The service, wired over one database."""

    configuration: Configuration
    base: MongoDatabase
    clock: Clock
    ids: Ids
    application: Application
    journal: MongoJournal
    extraits: ExtraitsCharges
    lots: LotsDeDossiers
    stockage: GridFsStorage
    cv: ServiceClient

    def contexte_du_service(self) -> CommandContext:
        """What a command of the service itself is given."""
        acteur = Acteur("service:dossier", frozenset({"service"}))
        return CommandContext(acteur=acteur, now=self.clock.now(), correlation=self.ids.new())

    def checks(self) -> Mapping[str, Check]:
        return {"mongo": lambda: bool(self.base.command("ping")["ok"])}

    def relais(self) -> Relay:
        return make_relay(
            "dossier",
            self.base,
            [DOSSIERS],
            self.configuration.base.kafka_url,
            lambda type_: contracts.topic_of(type_).name,
            contracts.validate_produced,
            self.clock,
            self.ids,
        )

    def chaines_rompues(self) -> Iterator[tuple[str, str, int]]:
        key = self.configuration.base.cle_audit()
        return broken_chains(self.journal, key, {DOSSIER.name: self.base[DOSSIERS]})

    def balayeur(self) -> Sweeper:
        return Sweeper(self.stockage, PiecesCitees(self.base[DOSSIERS]).parmi, self.clock)


def assembler(
    configuration: Configuration,
    base: MongoDatabase | None = None,
    clock: Clock | None = None,
    ids: Ids | None = None,
) -> Service:
    """Connects lazily: nothing is asked of Mongo before the first operation."""
    base = base if base is not None else _base(configuration)
    clock, stockage = clock or SystemClock(), GridFsStorage(base)
    cv = service_client("cv", configuration.base.cv_url, service_tokens(configuration.base).token)
    return Service(
        configuration=configuration,
        base=base,
        clock=clock,
        ids=ids or RandomIds(),
        application=_application(configuration, base, stockage, cv),
        journal=MongoJournal(base["journal"], {DOSSIER.name: MongoDocumentStore(base[DOSSIERS])}),
        extraits=ExtraitsCharges(base["extraits"], base["parametres"]),
        lots=LotsDeDossiers(base[DOSSIERS], configuration.base.cle_audit()),
        stockage=stockage,
        cv=cv,
    )


def preparer(service: Service) -> None:
    """Makes the indexes and checks the key of persons; idempotent, called when a role starts.

    Raises Indisponible, or CleEtrangere.
    """
    base = service.base
    MongoDocumentStore(base[DOSSIERS]).ensure_indexes()
    PiecesCitees(base[DOSSIERS]).ensure_indexes()
    service.stockage.ensure_indexes()
    for nom in ("consultations", "acces_refuses"):
        MongoConsultations(base[nom]).ensure_indexes()
    _agents(base).ensure_indexes()
    if service.configuration.cle_personnes_file is not None:
        empreinte = empreinte_de_cle(service.configuration.cle_personnes())
        if service.extraits.cle_etrangere(empreinte):
            raise CleEtrangere("CLE_PERSONNES_FILE does not hold the key of the first load")


def _application(
    configuration: Configuration, base: MongoDatabase, stockage: GridFsStorage, cv: ServiceClient
) -> Application:
    catalogue = charger()
    return Application(
        dossiers=Repository(DOSSIER, MongoDocumentStore(base[DOSSIERS]), configuration.base.cle_audit()),
        catalogue=catalogue,
        pieces=CheckedFileStore(stockage, antivirus(configuration.base.clamd_url)),
        agents=_agents(base),
        portefeuilles=MongoReplica(base["portefeuilles_v1"]),
        consultations=MongoConsultations(base["consultations"]),
        acces_refuses=MongoConsultations(base["acces_refuses"]),
        cv=CvParHttp(cv, catalogue.rubrique(DIPLOMES)),
    )


def _agents(base: MongoDatabase) -> MongoReplica:
    return MongoReplica(base["rattachements_v1"], ("portefeuille_id",))


def _base(configuration: Configuration) -> MongoDatabase:
    return connect(configuration.base.mongo_url)[configuration.base.mongo_base]
