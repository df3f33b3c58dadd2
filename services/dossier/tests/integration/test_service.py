"""The wired service on a real base: a request from report to decision, its journal, its files."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from dossier.adapters.registres import PiecesCitees
from dossier.application import lecture
from dossier.application.commandes import (
    AccepterChangement,
    PieceDonnee,
    PrendreEnCharge,
    SignalerChangement,
)
from dossier.application.handlers import executer
from dossier.entrypoints.importer import importer
from dossier.entrypoints.wsgi import web

from chassis.commands import Acteur, CommandContext
from chassis.files.sweeper import Sweeper
from chassis.mongo.connection import MongoDatabase
from chassis.testing.clock import FixedClock
from chassis.testing.files import a_pdf
from contracts.personnes import id_agent

pytestmark = pytest.mark.serveur
SYLVIE = "8d1d1c5e-9a44-5c0b-8e39-0a2b6a6e5f21"
NUMEN = "10E0000001AAA"


@pytest.fixture
def agent(service: Any, ecrire_acceptees: Any, mongo_database: MongoDatabase) -> str:
    """An agent with a file, managed by Sylvie."""
    importer(service, [str(ecrire_acceptees([NUMEN]))])
    id = id_agent(service.configuration.cle_personnes(), NUMEN)
    mongo_database["rattachements_v1"].insert_many(
        [
            {"_id": id, "seq": 1, "portefeuille_id": "10.A", "compte_actif": True},
            {"_id": SYLVIE, "seq": 1, "portefeuille_id": None, "compte_actif": True},
        ]
    )
    mongo_database["portefeuilles_v1"].insert_one(
        {"_id": "10.A", "seq": 1, "portefeuille_id": "10.A", "titulaire": SYLVIE, "suppleances": []}
    )
    return id


def contexte(service: Any, acteur: str, role: str, cle: str) -> CommandContext:
    return CommandContext(
        Acteur(acteur, frozenset({role}), "10"), service.clock.now(), "correlation", key=cle, body_digest="x"
    )


def naissance(service: Any, agent: str) -> tuple[str, str]:
    """The request and the file it names."""
    pieces, now = service.application.pieces, service.clock.now()
    ref = pieces.deposit(BytesIO(a_pdf()), "acte.pdf", agent, agent, "acte_naissance", now).ref
    commande = SignalerChangement(
        agent, "enfants", "naissance", {"prenom": "Léa"}, "2026-09-02", [PieceDonnee("acte_naissance", ref)]
    )
    return executer(service.application, commande, contexte(service, agent, "enseignant", "cle-1")).item, ref


def test_de_la_naissance_signalee_a_l_enfant_au_dossier(service: Any, agent: str) -> None:
    id, _ = naissance(service, agent)
    sylvie = contexte(service, SYLVIE, "gestionnaire", "cle-2")
    executer(service.application, PrendreEnCharge(agent, id), sylvie)
    executer(
        service.application, AccepterChangement(agent, id), contexte(service, SYLVIE, "gestionnaire", "cle-3")
    )
    lu = lecture.rubrique(
        service.application, sylvie.acteur, agent, "enfants", "demande", service.clock.now()
    )
    assert lu["resume"].startswith("Pauline (22")
    assert "Léa (2" in lu["resume"]
    assert service.application.consultations.of(agent)[0].acteur == SYLVIE


def test_le_journal_rend_tout_dans_l_ordre_envoye_ou_non(service: Any, agent: str) -> None:
    naissance(service, agent)
    evenements = service.journal.events_since("dossier", agent, 0)
    assert [e["seq"] for e in evenements] == [1, 2]
    assert service.journal.first_break(service.configuration.base.cle_audit(), "dossier", agent) is None


def test_le_balayeur_laisse_les_pieces_citees_et_efface_les_autres(
    service: Any, agent: str, mongo_database: MongoDatabase
) -> None:
    _, citee = naissance(service, agent)
    now = service.clock.now()
    oubliee = service.application.pieces.deposit(BytesIO(a_pdf()), "x.pdf", agent, agent, "rib", now).ref
    mongo_database["pieces"].update_one({"_id": citee}, {"$set": {"etat": "reservee"}})
    horloge = FixedClock(now)
    balayeur = Sweeper(service.stockage, PiecesCitees(mongo_database["dossiers"]).parmi, horloge)
    for _ in range(3):
        horloge.advance(timedelta(days=4))
        balayeur.step()
    assert service.stockage.get(oubliee) is None
    assert service.stockage.get(citee).etat == "attachee"


def test_l_application_web_demarre_et_dit_qu_elle_est_prete(service: Any) -> None:
    client = web(service).test_client()
    assert client.get("/ready").status_code == 200
