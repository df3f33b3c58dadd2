"""One element from draft to verification on real Mongo and Kafka, and what a transfer does to it."""

import json
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from threading import Event, Thread
from typing import Any
from uuid import uuid4

import pytest
from cv.application import commandes
from cv.application.handlers import HANDLERS
from cv.bootstrap import Application
from cv.entrypoints.abonnements import ABONNEMENTS
from kafka import KafkaConsumer, KafkaProducer

import contracts
from chassis.commands import Acteur, CommandContext
from chassis.messages import Message
from chassis.testing.files import a_pdf

pytestmark = pytest.mark.serveur
VALEURS = {"intitule": "Licence", "etablissement": "Université Rousset", "obtenu_le": "2006-07-01"}


class Scene:
    """An agent, her gestionnaire, their portefeuilles: nobody any other test knows."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.agent, self.gestionnaire = str(uuid4()), str(uuid4())
        self.portefeuille = f"10.{uuid4().hex[:8]}"

    def situation(self, personne: str, seq: int, portefeuille: str | None) -> Message:
        data = {
            **contracts.example("identity.agent.situation.v1")["data"],
            "personne_id": personne,
            "portefeuille_id": portefeuille,
            "compte_actif": True,
        }
        return self._message("identity.agent.situation.v1", "personne", personne, seq, data)

    def titulaire(self) -> Message:
        data = {
            **contracts.example("identity.portefeuille.situation.v1")["data"],
            "portefeuille_id": self.portefeuille,
            "titulaire": self.gestionnaire,
            "suppleances": [],
        }
        type_ = "identity.portefeuille.situation.v1"
        return self._message(type_, "portefeuille", self.portefeuille, 1, data)

    def connus(self) -> list[Message]:
        return [
            self.situation(self.agent, 1, self.portefeuille),
            self.situation(self.gestionnaire, 1, None),
            self.titulaire(),
        ]

    def faire(self, personne: str, commande: Any, *, sur_element: bool = True) -> Any:
        roles = frozenset({"gestionnaire"} if personne == self.gestionnaire else {"enseignant"})
        contexte = CommandContext(
            Acteur(personne, roles), self.application.clock.now(), "essai", str(uuid4()), "corps"
        )
        plus = (None,) if sur_element else ()
        return HANDLERS[type(commande)](self.application.outils, commande, contexte, *plus)

    def soumis(self) -> str:
        outils, maintenant = self.application.outils, self.application.clock.now()
        recue = outils.pieces.deposit(
            BytesIO(a_pdf()), "l.pdf", self.agent, self.agent, "diplome", maintenant
        )
        piece = commandes.PieceFournie("diplome", recue.ref)
        ajout = commandes.AjouterElement(self.agent, "diplomes", VALEURS, (piece,))
        id: str = self.faire(self.agent, ajout, sur_element=False).element.id
        self.faire(self.agent, commandes.SoumettreElement(self.agent, id))
        return id

    def pris(self) -> str:
        id = self.soumis()
        self.faire(self.gestionnaire, commandes.PrendreEnCharge(self.agent, id))
        return id

    def element(self, id: str) -> Any:
        cv = self.application.outils.depot.read(self.agent)
        assert cv is not None
        return cv.element(id)

    def _message(self, type_: str, kind: str, sujet: str, seq: int, data: dict[str, Any]) -> Message:
        now = self.application.clock.now()
        return Message(
            f"identity:{kind}:{sujet}:{seq}",
            "identity",
            type_,
            sujet,
            now,
            seq,
            "service:identity",
            "essai",
            data,
        )


def appliquer(application: Application, *messages: Message) -> None:
    """What the consumer does with each, without Kafka."""
    for message in messages:
        for abonnement in ABONNEMENTS:
            if message.type in abonnement.types:
                abonnement.handlers[message.type](application, message)


def test_un_brouillon_soumis_devient_une_version_et_ses_pieces_restent(application: Application) -> None:
    scene = Scene(application)
    appliquer(application, *scene.connus())
    id = scene.soumis()
    element = scene.element(id)
    assert (element.etat, element.derniere.n) == ("soumis", 1)
    assert application.outils.brouillons.lire(scene.agent, id) is None
    [piece] = element.derniere.pieces
    assert application.outils.pieces.page(piece.ref, 1).startswith(b"\x89PNG")


def test_un_transfert_libere_ce_qui_etait_pris_meme_recu_deux_fois(application: Application) -> None:
    scene = Scene(application)
    appliquer(application, *scene.connus())
    id = scene.pris()
    transfert = scene.situation(scene.agent, 2, "10.AILLEURS")
    appliquer(application, transfert, transfert)
    assert (scene.element(id).etat, scene.element(id).pris_par) == ("soumis", None)
    assert application.journal.events_since("cv", scene.agent, 2)[0]["type"] == "cv.element.libere.v1"
    assert len(application.journal.events_since("cv", scene.agent, 0)) == 3


def test_une_situation_ancienne_rejouee_ne_libere_rien(application: Application) -> None:
    scene = Scene(application)
    appliquer(application, *scene.connus())
    avant = scene.situation(scene.agent, 1, "10.AVANT")
    appliquer(application, scene.situation(scene.agent, 2, scene.portefeuille))
    id = scene.pris()
    appliquer(application, avant)
    assert scene.element(id).pris_par == scene.gestionnaire


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


def test_ce_qui_arrive_de_kafka_ouvre_le_cv_et_ce_qui_est_fait_y_repart(
    en_marche: Application, kafka_url: str
) -> None:
    scene = Scene(en_marche)
    producteur = KafkaProducer(bootstrap_servers=kafka_url)
    for message in scene.connus():
        sujet = contracts.topic_of(message.type).name
        producteur.send(sujet, key=message.subject.encode(), value=json.dumps(message.to_wire()).encode())
    producteur.flush()
    producteur.close()
    attendre(lambda: en_marche.portefeuilles.get(scene.portefeuille) is not None)
    attendre(lambda: en_marche.agents.get(scene.gestionnaire) is not None)
    attendre(lambda: en_marche.agents.get(scene.agent) is not None)
    id = scene.pris()
    scene.faire(scene.gestionnaire, commandes.VerifierElement(scene.agent, id))
    recus = lire(kafka_url, scene.agent, 3)
    assert [recu["type"] for recu in recus] == [
        "cv.element.soumis.v1",
        "cv.element.pris_en_charge.v1",
        "cv.element.verifie.v1",
    ]
    assert recus[-1]["data"]["element_id"] == id


def attendre(vrai: Callable[[], bool], secondes: float = 30) -> None:
    fin = time.monotonic() + secondes
    while not vrai():
        assert time.monotonic() < fin, "rien n’est venu"
        time.sleep(0.05)


def lire(kafka_url: str, sujet: str, combien: int) -> list[dict[str, Any]]:
    lecteur = KafkaConsumer(
        "cv.evenements", bootstrap_servers=kafka_url, auto_offset_reset="earliest", consumer_timeout_ms=15_000
    )
    trouves: list[dict[str, Any]] = []
    for record in lecteur:
        if record.key == sujet.encode():
            trouves.append(json.loads(record.value))
        if len(trouves) == combien:
            break
    lecteur.close()
    return trouves
