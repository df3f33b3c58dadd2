"""Decisions come from Kafka, twice; one notice leaves, once."""

import json
import time
from collections.abc import Callable, Iterator
from threading import Event, Thread
from typing import Any
from uuid import uuid4

import pytest
from courrier.bootstrap import Application
from courrier.entrypoints.abonnements import ABONNEMENTS
from kafka import KafkaConsumer, KafkaProducer

import contracts

pytestmark = pytest.mark.serveur


@pytest.fixture
def en_marche(application_kafka: Application) -> Iterator[Application]:
    """The relay and the consumers, as threads."""
    stop = Event()
    consommateurs = application_kafka.consommateurs(ABONNEMENTS, heartbeat_ms=300)
    fils = [
        Thread(target=application_kafka.relais().run, args=(stop,)),
        Thread(target=consommateurs.run, args=(stop,)),
    ]
    for fil in fils:
        fil.start()
    yield application_kafka
    stop.set()
    for fil in fils:
        fil.join(20)


def decision(type_: str, agent: str, seq: int) -> dict[str, Any]:
    exemple = contracts.example(type_)
    prefixe = exemple["id"].rsplit(":", 2)[0]
    data = {**exemple["data"], "agent_id": agent, **_objet(exemple["data"], agent)}
    return {**exemple, "id": f"{prefixe}:{agent}:{seq}", "subject": agent, "seq": seq, "data": data}


def _objet(data: dict[str, Any], agent: str) -> dict[str, str]:
    nom = "changement_id" if "changement_id" in data else "element_id"
    return {nom: f"{agent[:-4]}{nom[:2].encode().hex()}"}


def envoyer(kafka_url: str, *messages: dict[str, Any]) -> None:
    producteur = KafkaProducer(bootstrap_servers=kafka_url)
    for message in messages:
        topic = contracts.topic_of(message["type"]).name
        producteur.send(topic, key=message["subject"].encode(), value=json.dumps(message).encode())
    producteur.flush()
    producteur.close()


def test_une_decision_recue_deux_fois_ne_laisse_qu_un_avis(en_marche: Application, kafka_url: str) -> None:
    agent = str(uuid4())
    prise = decision("dossier.changement.pris_en_charge.v1", agent, 1)
    acceptee = decision("dossier.changement.accepte.v1", agent, 2)
    verifiee = decision("cv.element.verifie.v1", agent, 1)
    envoyer(kafka_url, prise, acceptee, acceptee, verifiee, prise, verifiee, acceptee)
    listes = en_marche.outils.listes
    attendre(lambda: sum(fil.resume.nb_messages for fil in listes.de_l_agent(agent, None)) == 3)
    publies = lire(kafka_url, agent, 3)
    temoin = decision("dossier.changement.refuse.v1", agent, 3)
    envoyer(kafka_url, acceptee, temoin)
    attendre(lambda: sum(fil.resume.nb_messages for fil in listes.de_l_agent(agent, None)) == 4)
    fils = listes.de_l_agent(agent, None)
    assert sorted(fil.resume.nb_messages for fil in fils) == [1, 3]
    assert sorted(publie["data"]["avis"]["type"] for publie in publies) == [
        "accepte",
        "pris_en_charge",
        "verifie",
    ]


def attendre(vrai: Callable[[], bool], secondes: float = 30) -> None:
    fin = time.monotonic() + secondes
    while not vrai():
        assert time.monotonic() < fin, "rien n’est venu"
        time.sleep(0.05)


def lire(kafka_url: str, agent: str, combien: int) -> list[dict[str, Any]]:
    lecteur = KafkaConsumer(
        "courrier.evenements",
        bootstrap_servers=kafka_url,
        auto_offset_reset="earliest",
        consumer_timeout_ms=15_000,
    )
    trouves: list[dict[str, Any]] = []
    for record in lecteur:
        evenement = json.loads(record.value)
        if evenement["data"]["agent_id"] == agent:
            trouves.append(evenement)
        if len(trouves) == combien:
            break
    lecteur.close()
    return trouves
