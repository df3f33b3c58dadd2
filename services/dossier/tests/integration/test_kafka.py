"""What dossier hears and says on a real Kafka."""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from dossier.application.commandes import PrendreEnCharge, SignalerChangement
from dossier.application.handlers import executer
from dossier.application.ports import VersionDElement
from dossier.bootstrap import Service
from dossier.entrypoints.abonnements import ABONNEMENTS
from dossier.entrypoints.importer import importer
from kafka import KafkaConsumer, KafkaProducer

import contracts
from chassis.errors import Introuvable
from chassis.mongo.connection import MongoDatabase
from chassis.relay import Relay
from chassis.wiring import Consumers, make_relay
from contracts.personnes import id_agent

pytestmark = pytest.mark.serveur

SYLVIE = "8d1d1c5e-9a44-5c0b-8e39-0a2b6a6e5f21"
PAUL = "1c5b7f0e-2f7d-5c3b-9b1e-7f6a2f0d4c11"
ELEMENT = "11111111-1111-4111-8111-111111111111"
NUMEN = "10E0000001AAA"
ANGLAIS, MATHS = "10.ANGLAIS", "10.MATHS"


class CvEnMemoire:
    def version(self, agent: str, element: str, version: int) -> VersionDElement:
        return VersionDElement(
            {"intitule": f"Master v{version}"}, date(2020, 7, 1), datetime(2026, 11, 23, tzinfo=UTC), SYLVIE
        )


@dataclass
class Ecoute:
    """The consumers at work, and a way to say things to them. `seqs`: the last seq of each aggregate."""

    service: Service
    agent: str
    topics: Mapping[str, str]
    producteur: KafkaProducer
    seqs: dict[str, int] = field(default_factory=dict)

    def dire(self, topic: str, type_: str, sujet: str, **data: Any) -> None:
        self.seqs[sujet] = self.seqs.get(sujet, 0) + 1
        exemple = contracts.example(type_)
        message = {
            **exemple,
            "id": f"{exemple['source']}:x:{sujet}:{self.seqs[sujet]}",
            "subject": sujet,
            "seq": self.seqs[sujet],
            "data": {**exemple["data"], **data},
        }
        self.redire(topic, message)

    def redire(self, topic: str, message: Mapping[str, Any]) -> None:
        valeur = json.dumps(message).encode()
        self.producteur.send(self.topics[topic], key=message["subject"].encode(), value=valeur).get(10)

    def agent_situe(self, portefeuille: str, motif: str) -> None:
        self.dire(
            "identity.agents",
            "identity.agent.situation.v1",
            self.agent,
            personne_id=self.agent,
            portefeuille_id=portefeuille,
            motif=motif,
        )

    def gestionnaire(self, portefeuille: str, titulaire: str) -> None:
        personnel = {"nature": "personnel", "roles": ["gestionnaire"], "portefeuille_id": None}
        self.dire(
            "identity.agents", "identity.agent.situation.v1", titulaire, personne_id=titulaire, **personnel
        )
        self.dire(
            "identity.portefeuilles",
            "identity.portefeuille.situation.v1",
            portefeuille,
            portefeuille_id=portefeuille,
            titulaire=titulaire,
            suppleances=[],
        )


def attendre(vrai: Callable[[], bool], secondes: float = 60) -> None:
    fin = time.monotonic() + secondes
    while not vrai():
        assert time.monotonic() < fin, "rien n’est arrivé"
        time.sleep(0.05)


@pytest.fixture
def ecoute(
    service: Service,
    ecrire_acceptees: Callable[..., Path],
    mongo_database: MongoDatabase,
    kafka_url: str,
    make_topic: Callable[..., str],
) -> Iterator[Ecoute]:
    importer(service, [str(ecrire_acceptees([NUMEN]))])
    service = replace(service, application=replace(service.application, cv=CvEnMemoire()))
    topics = {abonnement.topic: make_topic(abonnement.topic) for abonnement in ABONNEMENTS}
    suffixe = topics["cv.evenements"].rpartition("cv.evenements")[2]
    abonnements = [
        replace(abonnement, topic=topics[abonnement.topic], group=abonnement.group + suffixe)
        for abonnement in ABONNEMENTS
    ]
    consommateurs = Consumers(
        abonnements,
        service,
        mongo_database,
        kafka_url,
        contracts.validate_consumed,
        service.clock,
        heartbeat_ms=300,
    )
    stop = Event()
    fil = Thread(target=consommateurs.run, args=(stop,))
    fil.start()
    producteur = KafkaProducer(bootstrap_servers=kafka_url)
    yield Ecoute(service, id_agent(service.configuration.cle_personnes(), NUMEN), topics, producteur)
    stop.set()
    fil.join()
    producteur.close(timeout=2)


def test_un_transfert_d_agent_ferme_le_dossier_a_l_ancienne_gestionnaire_et_libere_sa_demande(
    ecoute: Ecoute,
) -> None:
    application, contexte = ecoute.service.application, ecoute.service.contexte_du_service()
    ecoute.gestionnaire(ANGLAIS, SYLVIE)
    ecoute.gestionnaire(MATHS, PAUL)
    ecoute.agent_situe(ANGLAIS, "import")
    attendre(lambda: application.agents.get(ecoute.agent) is not None)
    attendre(lambda: application.portefeuilles.get(MATHS) is not None)
    attendre(lambda: application.agents.get(SYLVIE) is not None)
    agent = replace(contexte, acteur=replace(contexte.acteur, id=ecoute.agent), key="cle-1")
    sylvie = replace(
        contexte, acteur=replace(contexte.acteur, id=SYLVIE, roles=frozenset({"gestionnaire"})), key="cle-2"
    )
    commande = SignalerChangement(
        ecoute.agent, "coordonnees", "telephone", {"telephone": "0612345678"}, "2026-09-02"
    )
    id = executer(application, commande, agent).item
    executer(application, PrendreEnCharge(ecoute.agent, id), sylvie)
    ecoute.agent_situe(MATHS, "transfert")
    attendre(lambda: application.dossiers.get(ecoute.agent).changement(id).pris_par is None)
    with pytest.raises(Introuvable):
        executer(application, PrendreEnCharge(ecoute.agent, id), replace(sylvie, key="cle-3"))
    derniere = ecoute.service.journal.events_since("dossier", ecoute.agent, 0)[-1]
    assert (derniere["type"], derniere["data"]["motif_code"]) == ("dossier.changement.libere.v1", "transfert")
    assert derniere["causation"].startswith("identity:")


def test_un_diplome_verifie_arrive_une_fois_meme_redit(ecoute: Ecoute) -> None:
    application = ecoute.service.application

    def diplomes() -> int:
        return sum(1 for e in application.dossiers.get(ecoute.agent).entrees.values() if e.origine == "cv")

    for version in (1, 2):
        ecoute.dire(
            "cv.evenements",
            "cv.element.verifie.v1",
            ecoute.agent,
            agent_id=ecoute.agent,
            element_id=ELEMENT,
            version=version,
            rubrique="diplomes",
        )
    attendre(lambda: diplomes() == 2)
    exemple = contracts.example("cv.element.verifie.v1")
    data = {"agent_id": ecoute.agent, "element_id": ELEMENT, "version": 1, "rubrique": "diplomes"}
    ecoute.redire(
        "cv.evenements",
        {
            **exemple,
            "id": f"cv:x:{ecoute.agent}:1",
            "subject": ecoute.agent,
            "seq": 1,
            "data": {**exemple["data"], **data},
        },
    )
    ecoute.dire(
        "cv.evenements",
        "cv.element.verifie.v1",
        ecoute.agent,
        agent_id=ecoute.agent,
        element_id=ELEMENT,
        version=3,
        rubrique="diplomes",
    )
    attendre(lambda: diplomes() == 3)


def test_les_evenements_du_dossier_partent_dans_l_ordre_avec_l_agent_pour_cle(
    service: Service,
    ecrire_acceptees: Callable[..., Path],
    mongo_database: MongoDatabase,
    kafka_url: str,
    make_topic: Callable[..., str],
) -> None:
    importer(service, [str(ecrire_acceptees([NUMEN]))])
    agent = id_agent(service.configuration.cle_personnes(), NUMEN)
    contexte = service.contexte_du_service()
    commande = SignalerChangement(
        agent, "coordonnees", "telephone", {"telephone": "0612345678"}, "2026-09-02"
    )
    executer(
        service.application, commande, replace(contexte, acteur=replace(contexte.acteur, id=agent), key="c1")
    )
    topic = make_topic("dossier.evenements")
    relais: Relay = make_relay(
        "dossier",
        mongo_database,
        ["dossiers"],
        kafka_url,
        lambda _: topic,
        contracts.validate_produced,
        service.clock,
        service.ids,
    )
    assert relais.step()
    consommateur = KafkaConsumer(
        topic, bootstrap_servers=kafka_url, auto_offset_reset="earliest", consumer_timeout_ms=10_000
    )
    recus = [next(consommateur) for _ in range(2)]
    consommateur.close()
    assert {message.key.decode() for message in recus} == {agent}
    types = [json.loads(message.value)["type"] for message in recus]
    assert types == ["dossier.mis_a_jour.v1", "dossier.changement.signale.v1"]
    assert "outbox_since" not in mongo_database["dossiers"].find_one({"_id": agent})
