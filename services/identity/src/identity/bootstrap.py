"""Chooses the implementations. Built once per process, from its configuration."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import structlog

import contracts
from chassis.clock import Clock, SystemClock
from chassis.commands import Acteur, CommandContext
from chassis.http.health import Check
from chassis.ids import Ids, RandomIds
from chassis.kafka import KafkaBroker
from chassis.mongo.connection import MongoDatabase, connect
from chassis.mongo.consultations import MongoConsultations
from chassis.mongo.document_store import MongoDocumentStore
from chassis.mongo.journal import MongoJournal, broken_chains
from chassis.mongo.lease import Lease
from chassis.mongo.outbox import MongoOutbox
from chassis.relay import Relay
from chassis.repository import Repository
from identity.adapters.agregats import PERSONNES, PORTEFEUILLES
from identity.adapters.fichiers import ListeDesComptes
from identity.adapters.keycloak import AnnuaireKeycloak
from identity.adapters.lectures import PersonnesMongo, PortefeuillesMongo
from identity.adapters.lots import LotsMongo
from identity.adapters.nomenclatures import nomenclatures
from identity.adapters.registres import EtablissementsMongo, ExtraitsMongo, IdentifiantsMongo
from identity.application import chargement, habilitations
from identity.application.comptes import Tenue
from identity.application.lectures import Sources
from identity.application.ports import ComptesDeDemonstration
from identity.config import Configuration

log = structlog.get_logger()
RELAIS = "identity-relais"


@dataclass(frozen=True)
class Identity:
    """The service, wired over one database."""

    configuration: Configuration
    base: MongoDatabase
    clock: Clock
    ids: Ids
    depots: habilitations.Depots
    chargement: chargement.Depots
    sources: Sources
    journal: MongoJournal
    outboxes: Sequence[MongoOutbox]

    def contexte_du_service(self) -> CommandContext:
        """What a command of the service itself is given."""
        acteur = Acteur("service:identity", frozenset({"service"}))
        return CommandContext(acteur=acteur, now=self.clock.now(), correlation=self.ids.new())

    def checks(self) -> Mapping[str, Check]:
        return {"mongo": lambda: bool(self.base.command("ping")["ok"])}

    def relais(self) -> Relay:
        """Its topics are compacted: a fixed transactional id fences a paused older relay."""
        return Relay(
            "identity",
            self.outboxes,
            KafkaBroker(self.configuration.base.kafka_url, RELAIS),
            lambda type_: contracts.topic_of(type_).name,
            self.clock,
            validate=contracts.validate_produced,
            turn=Lease(self.base["baux"], RELAIS, self.ids.new(), self.clock),
        )

    def chaines_rompues(self) -> Iterator[tuple[str, str, int]]:
        collections = {PERSONNES.name: self.base["personnes"], PORTEFEUILLES.name: self.base["portefeuilles"]}
        return broken_chains(self.journal, self.configuration.base.cle_audit(), collections)

    def tenue_des_comptes(self) -> Tenue:
        configuration = self.configuration
        return Tenue(
            personnes=self.depots.personnes,
            lectures=self.sources.personnes,
            portefeuilles=self.sources.portefeuilles,
            annuaire=AnnuaireKeycloak(
                configuration.base.keycloak_direct,
                configuration.base.keycloak_royaume,
                configuration.provisioning_client_id,
                configuration.secret_de_provisioning,
            ),
            demonstration=_liste_des_comptes(configuration),
            mot_de_passe=configuration.mot_de_passe_de_demonstration(),
            signaler=lambda event, personne_id: log.warning(event, personne_id=personne_id),
        )

    def bail_des_comptes(self) -> Lease:
        return Lease(self.base["baux"], "identity-comptes", self.ids.new(), self.clock)


class _SansListe:
    """`ComptesDeDemonstration` where nobody asked for the list."""

    def publier(self, comptes: object) -> None:
        return None


def _liste_des_comptes(configuration: Configuration) -> ComptesDeDemonstration:
    chemin = configuration.comptes_demo_file
    return _SansListe() if chemin is None else ListeDesComptes(chemin)


def assembler(
    configuration: Configuration,
    base: MongoDatabase | None = None,
    clock: Clock | None = None,
    ids: Ids | None = None,
) -> Identity:
    """Connects lazily: nothing is asked of Mongo before the first operation."""
    base = base if base is not None else _base(configuration)
    personnes, portefeuilles, journal = base["personnes"], base["portefeuilles"], base["journal"]
    audit_key = configuration.base.cle_audit()
    depots = habilitations.Depots(
        Repository(PERSONNES, MongoDocumentStore(personnes), audit_key),
        Repository(PORTEFEUILLES, MongoDocumentStore(portefeuilles), audit_key),
    )
    etablissements = EtablissementsMongo(base["etablissements"])
    return Identity(
        configuration=configuration,
        base=base,
        clock=clock or SystemClock(),
        ids=ids or RandomIds(),
        depots=depots,
        chargement=chargement.Depots(
            lots=LotsMongo(personnes, audit_key),
            portefeuilles=depots.portefeuilles,
            identifiants=IdentifiantsMongo(base["identifiants"]),
            etablissements=etablissements,
            extraits=ExtraitsMongo(base["extraits"], base["parametres"]),
        ),
        sources=Sources(
            personnes=PersonnesMongo(personnes),
            portefeuilles=PortefeuillesMongo(portefeuilles),
            etablissements=etablissements,
            nomenclatures=nomenclatures(),
            consultations=MongoConsultations(base["consultations"]),
        ),
        journal=MongoJournal(
            journal,
            {
                PERSONNES.name: MongoDocumentStore(personnes),
                PORTEFEUILLES.name: MongoDocumentStore(portefeuilles),
            },
        ),
        outboxes=[MongoOutbox(personnes, journal), MongoOutbox(portefeuilles, journal)],
    )


def preparer_les_index(base: MongoDatabase) -> None:
    """Idempotent; every role calls it when it starts. Raises Indisponible."""
    prepares: Sequence[Callable[[], None]] = (
        MongoDocumentStore(base["personnes"]).ensure_indexes,
        MongoDocumentStore(base["portefeuilles"]).ensure_indexes,
        MongoOutbox(base["personnes"], base["journal"]).ensure_indexes,
        PersonnesMongo(base["personnes"]).ensure_indexes,
        PortefeuillesMongo(base["portefeuilles"]).ensure_indexes,
        IdentifiantsMongo(base["identifiants"]).ensure_indexes,
        MongoConsultations(base["consultations"]).ensure_indexes,
    )
    for prepare in prepares:
        prepare()


def _base(configuration: Configuration) -> MongoDatabase:
    return connect(configuration.base.mongo_url)[configuration.base.mongo_base]
