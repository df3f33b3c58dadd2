"""The gateway's lines, fed by a real Kafka."""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from threading import Event, Thread
from types import SimpleNamespace
from typing import Any

import pytest
from gateway.adapters.lignes import MongoLignes
from gateway.adapters.signaux import MongoSignaux
from gateway.entrypoints.abonnements import ABONNEMENTS
from kafka import KafkaProducer

import contracts
from chassis.clock import SystemClock
from chassis.ids import RandomIds
from chassis.mongo.connection import MongoDatabase
from chassis.mongo.replica import MongoReplica
from chassis.wiring import Consumers

pytestmark = pytest.mark.serveur

RENE = "11111111-1111-4111-8111-111111111111"
ANGLAIS, MATHS = "10.ANGLAIS", "10.MATHS"
SYLVIE, PAUL = "22222222-2222-4222-8222-222222222222", "33333333-3333-4333-8333-333333333333"
DEMANDE, AUTRE = "44444444-4444-4444-8444-444444444444", "55555555-5555-4555-8555-555555555555"
LINE = f"dossier~{RENE}~{DEMANDE}"


@dataclass
class Ecoute:
    """The consumers at work, and a way to say things to them."""

    database: MongoDatabase
    signaux: MongoSignaux
    topics: Mapping[str, str]
    producer: KafkaProducer
    seqs: dict[str, int] = field(default_factory=dict)

    def dire(self, type_: str, subject: str, **data: Any) -> dict[str, Any]:
        example = contracts.example(type_)
        source = example["source"]
        self.seqs[source + subject] = seq = self.seqs.get(source + subject, 0) + 1
        message = {
            **example,
            "id": f"{source}:x:{subject}:{seq}",
            "subject": subject,
            "seq": seq,
            "data": {**example["data"], **data},
        }
        self.redire(message)
        return message

    def redire(self, message: Mapping[str, Any]) -> None:
        topic = self.topics[contracts.topic_of(message["type"]).name]
        self.producer.send(topic, key=message["subject"].encode(), value=json.dumps(message).encode()).get(10)

    def situer(self, portefeuille: str) -> None:
        self.dire(
            "identity.agent.situation.v1",
            RENE,
            personne_id=RENE,
            portefeuille_id=portefeuille,
            compte_actif=True,
        )

    def changement(self, etat: str, pris_par: str | None = None) -> dict[str, Any]:
        return self.dire(
            f"dossier.changement.{etat}.v1",
            RENE,
            agent_id=RENE,
            changement_id=DEMANDE,
            etat=etat,
            pris_par=pris_par,
        )

    def ligne(self) -> dict[str, Any]:
        return self.database["file_v1"].find_one({"_id": LINE}) or {}


@pytest.fixture
def ecoute(mongo_database: MongoDatabase, kafka_url: str, make_topic: Callable[..., str]) -> Iterator[Ecoute]:
    names = {subscription.topic for subscription in ABONNEMENTS}
    topics = {name: make_topic(name, compacted=name.startswith("identity")) for name in names}
    run = RandomIds().new()[:8]
    heard = [replace(s, topic=topics[s.topic], group=f"{s.group}.{run}") for s in ABONNEMENTS]
    signaux = MongoSignaux(mongo_database, SystemClock(), RandomIds())
    application = SimpleNamespace(
        rattachements=MongoReplica(mongo_database["rattachements_v1"]),
        portefeuilles=MongoReplica(mongo_database["portefeuilles_v1"]),
        lignes=MongoLignes(mongo_database),
        signaux=signaux,
    )
    consumers = Consumers(
        heard,
        application,
        mongo_database,
        kafka_url,
        contracts.validate_consumed,
        SystemClock(),
        heartbeat_ms=300,
    )
    stop = Event()
    thread = Thread(target=consumers.run, args=(stop,))
    thread.start()
    producer = KafkaProducer(bootstrap_servers=kafka_url)
    yield Ecoute(mongo_database, signaux, topics, producer)
    producer.close()
    stop.set()
    thread.join()


def soon(check: Callable[[], bool], seconds: float = 20.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if check():
            return True
        time.sleep(0.05)
    return False


def test_a_change_reported_is_in_the_queue_of_its_portefeuille(ecoute: Ecoute) -> None:
    ecoute.situer(ANGLAIS)
    ecoute.changement("signale")
    assert soon(lambda: ecoute.ligne().get("portefeuille_id") == ANGLAIS)
    assert ecoute.ligne()["onglet"] == "a_prendre"
    assert ecoute.database["demandes_v1"].count_documents({"agent": RENE}) == 1
    told = {row["destinataire"] for row in ecoute.database["signaux"].find({})}
    assert {RENE, ANGLAIS} <= told


def test_an_event_told_twice_changes_nothing_the_second_time(ecoute: Ecoute) -> None:
    ecoute.situer(ANGLAIS)
    first = ecoute.changement("signale")
    ecoute.changement("pris_en_charge", pris_par=SYLVIE)
    assert soon(lambda: ecoute.ligne().get("onglet") == "les_miens")
    ecoute.redire(first)
    ecoute.changement("accepte")
    assert soon(lambda: ecoute.ligne().get("onglet") == "traites")
    assert ecoute.database["file_v1"].count_documents({}) == 1


def test_a_transfer_takes_the_lines_along(ecoute: Ecoute) -> None:
    ecoute.situer(ANGLAIS)
    ecoute.changement("signale")
    assert soon(lambda: ecoute.ligne().get("portefeuille_id") == ANGLAIS)
    ecoute.situer(MATHS)
    assert soon(lambda: ecoute.ligne().get("portefeuille_id") == MATHS)


def test_an_event_that_breaks_its_contract_parks_its_agent_and_nobody_else(ecoute: Ecoute) -> None:
    ecoute.situer(ANGLAIS)
    ecoute.dire("dossier.changement.signale.v1", RENE, agent_id=RENE, changement_id=DEMANDE, etat=3)
    ecoute.dire("dossier.changement.signale.v1", PAUL, agent_id=PAUL, changement_id=AUTRE, etat="signale")
    assert soon(lambda: ecoute.database["file_v1"].count_documents({"agent": PAUL}) == 1)
    assert ecoute.ligne() == {}
    assert soon(lambda: ecoute.database["cles_garees"].count_documents({"key": RENE}) == 1)
