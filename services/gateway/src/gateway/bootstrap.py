"""The only file that chooses implementations."""

from collections.abc import Sequence
from dataclasses import dataclass

import contracts
from chassis.clock import Clock, SystemClock
from chassis.ids import Ids, RandomIds
from chassis.journal import HttpJournalClient
from chassis.mongo.connection import MongoDatabase, connect
from chassis.mongo.cursors import MongoCursors
from chassis.mongo.lines import MongoLines
from chassis.mongo.replica import MongoReplica
from chassis.security.client import ServiceClient
from chassis.security.jwks import JwksCache
from chassis.security.service_tokens import service_tokens
from chassis.subscriptions import AnySubscription
from chassis.wiring import Consumers
from gateway.adapters.attendus import MongoAttendus
from gateway.adapters.clients import page_client
from gateway.adapters.coffre import Coffre
from gateway.adapters.definitions import Annuaire, Definitions
from gateway.adapters.direct import Direct
from gateway.adapters.formulaires import MongoFormulairesGardes
from gateway.adapters.lignes import MongoLignes
from gateway.adapters.oidc import Keycloak
from gateway.adapters.presences import MongoPresences
from gateway.adapters.sessions import MongoSessions
from gateway.adapters.signaux import MongoSignaux
from gateway.application.lignes import GROUPE_LIGNES
from gateway.config import GatewaySettings

HEARTBEAT_MS = 1_000
MOST_LISTENERS = 100
RATTACHEMENTS, PORTEFEUILLES = "rattachements_v1", "portefeuilles_v1"


@dataclass
class Application:
    """Everything the gateway works with, wired once per process."""

    settings: GatewaySettings
    clock: Clock
    ids: Ids
    database: MongoDatabase
    keycloak: Keycloak
    sessions: MongoSessions
    formulaires: MongoFormulairesGardes
    lines: MongoLines
    lignes: MongoLignes
    attendus: MongoAttendus
    signaux: MongoSignaux
    presences: MongoPresences
    direct: Direct
    rattachements: MongoReplica
    portefeuilles: MongoReplica
    services: dict[str, ServiceClient]
    annuaire: Annuaire
    definitions: Definitions

    def prepare(self) -> None:
        """Makes the indexes; repeatable."""
        for part in (
            self.sessions,
            self.formulaires,
            self.lignes,
            self.attendus,
            self.signaux,
            self.presences,
            self.rattachements,
            self.portefeuilles,
        ):
            part.ensure_indexes()

    def consumers(self, subscriptions: Sequence[AnySubscription]) -> Consumers:
        """Every group of the gateway; gaps are filled from the owners' journals."""
        return Consumers(
            subscriptions,
            self,
            self.database,
            self.settings.base.kafka_url,
            contracts.validate_consumed,
            self.clock,
            journal=HttpJournalClient(self.services),
            heartbeat_ms=HEARTBEAT_MS,
        )

    def mongo_answers(self) -> bool:
        return bool(self.database.client.admin.command("ping")["ok"])


def wire(settings: GatewaySettings, clock: Clock | None = None, ids: Ids | None = None) -> Application:
    clock, ids = clock or SystemClock(), ids or RandomIds()
    base = settings.base
    database = connect(base.mongo_url)[base.mongo_base]
    coffre = Coffre(settings.cle_session())
    services = _services(settings, clock)
    signaux = MongoSignaux(database, clock, ids)
    return Application(
        settings=settings,
        clock=clock,
        ids=ids,
        database=database,
        keycloak=Keycloak(
            base.issuer,
            base.token_url,
            settings.oidc_client_id,
            settings.oidc_secret(),
            JwksCache(base.jwks_url),
        ),
        sessions=MongoSessions(database, coffre),
        formulaires=MongoFormulairesGardes(database, coffre),
        lines=MongoLines(database),
        lignes=MongoLignes(database),
        attendus=MongoAttendus(database, MongoCursors(database["curseurs"]), GROUPE_LIGNES, clock),
        signaux=signaux,
        presences=MongoPresences(database, clock),
        direct=Direct(signaux, clock, MOST_LISTENERS),
        rattachements=MongoReplica(database[RATTACHEMENTS], ("portefeuille_id",)),
        portefeuilles=MongoReplica(database[PORTEFEUILLES], ("titulaire",)),
        services=services,
        annuaire=Annuaire(services["identity"], clock),
        definitions=Definitions(clock),
    )


def _services(settings: GatewaySettings, clock: Clock) -> dict[str, ServiceClient]:
    """Each service under the gateway's own account; pages call them for the person signed in."""
    base = settings.base
    tokens = service_tokens(base)
    addresses = {
        "identity": base.identity_url,
        "dossier": base.dossier_url,
        "cv": base.cv_url,
        "courrier": base.courrier_url,
    }
    return {name: page_client(name, address, tokens.token, clock) for name, address in addresses.items()}
