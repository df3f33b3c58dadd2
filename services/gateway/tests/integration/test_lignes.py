"""The queue's lines in a real store, and the signals that follow them."""

import time
from datetime import timedelta
from typing import Any

import pytest
from gateway.adapters.attendus import MongoAttendus
from gateway.adapters.direct import Direct
from gateway.adapters.lignes import MongoLignes
from gateway.adapters.presences import MongoPresences
from gateway.adapters.signaux import MongoSignaux
from gateway.application.filtres import Filtre, criteria
from gateway.application.projections import changement_lines

import contracts
from chassis.clock import SystemClock, paris_date
from chassis.cursors import Origin
from chassis.ids import RandomIds
from chassis.mongo.connection import MongoDatabase
from chassis.mongo.cursors import MongoCursors
from chassis.mongo.lines import MongoLines
from chassis.testing.clock import EPOCH, FixedClock

pytestmark = pytest.mark.serveur

ANGLAIS = "10.DPE2-ANGLAIS"
AGENT = {"portefeuille_id": ANGLAIS, "corps": "certifie", "etablissement": "0690026D"}
MIENS = frozenset({ANGLAIS})
SYLVIE = "sylvie"


@pytest.fixture
def lignes(mongo_database: MongoDatabase) -> MongoLignes:
    kept = MongoLignes(mongo_database)
    kept.ensure_indexes()
    return kept


def write(database: MongoDatabase, item: str, seq: int = 1, **changed: Any) -> None:
    example = contracts.example("dossier.changement.signale.v1")["data"]
    agent_known = changed.pop("agent_known", AGENT)
    data = {
        **example,
        "agent_id": "rene",
        "changement_id": item,
        "etat": "signale",
        "pris_par": None,
        **changed,
    }
    MongoLines(database).apply(changement_lines(data, seq, agent_known))


def ids(lignes: MongoLignes, filtre: Filtre) -> list[str]:
    found, _ = lignes.page(filtre, criteria(filtre, MIENS, SYLVIE, paris_date(EPOCH)))
    return [line["item"] for line in found]


def test_the_most_pressing_comes_first_and_other_portefeuilles_are_not_shown(
    lignes: MongoLignes, mongo_database: MongoDatabase
) -> None:
    write(mongo_database, "tard", echeance="2026-12-03")
    write(mongo_database, "tot", echeance="2026-12-01")
    write(mongo_database, "ailleurs", agent_known={**AGENT, "portefeuille_id": "10.AUTRE"})
    write(mongo_database, "inconnu", agent_known=None)
    assert ids(lignes, Filtre()) == ["tot", "tard"]
    assert lignes.counts(MIENS, SYLVIE) == {"a_prendre": 2, "les_miens": 0, "en_attente": 0, "traites": 0}


def test_what_another_holds_is_not_among_mine(lignes: MongoLignes, mongo_database: MongoDatabase) -> None:
    write(mongo_database, "a-moi", etat="pris_en_charge", pris_par=SYLVIE)
    write(mongo_database, "a-paul", etat="pris_en_charge", pris_par="paul")
    assert ids(lignes, Filtre(onglet="les_miens")) == ["a-moi"]


def test_an_older_event_never_undoes_a_newer_line(lignes: MongoLignes, mongo_database: MongoDatabase) -> None:
    write(mongo_database, "c1", seq=5, etat="accepte")
    write(mongo_database, "c1", seq=2, etat="signale")
    assert ids(lignes, Filtre(onglet="traites")) == ["c1"]
    assert ids(lignes, Filtre()) == []


def test_an_agent_s_lines_follow_her_to_her_new_portefeuille(
    lignes: MongoLignes, mongo_database: MongoDatabase
) -> None:
    write(mongo_database, "c1")
    assert lignes.move("rene", {**AGENT, "portefeuille_id": "10.AUTRE"})
    assert ids(lignes, Filtre()) == []
    assert not lignes.move("rene", {**AGENT, "portefeuille_id": "10.AUTRE"})


def test_next_is_the_line_after_then_the_first_other_one(
    lignes: MongoLignes, mongo_database: MongoDatabase
) -> None:
    for item, day in (("un", "01"), ("deux", "02"), ("trois", "03")):
        write(mongo_database, item, echeance=f"2026-12-{day}")
    wanted = criteria(Filtre(), MIENS, SYLVIE, paris_date(EPOCH))
    rank, total, following = lignes.around(Filtre(), wanted, "dossier~rene~deux")
    assert (rank, total, following["item"]) == (2, 3, "trois")  # type: ignore[index]
    assert lignes.around(Filtre(), wanted, "dossier~rene~trois")[2]["item"] == "un"  # type: ignore[index]
    assert lignes.around(Filtre(), wanted, "ailleurs")[0] is None


def test_arrivals_are_counted_since_the_page_was_shown(
    lignes: MongoLignes, mongo_database: MongoDatabase
) -> None:
    write(mongo_database, "avant", etat_depuis="2026-11-24T08:00:00.000Z")
    write(mongo_database, "apres", etat_depuis="2026-11-24T09:00:00.000Z")
    wanted = criteria(Filtre(), MIENS, SYLVIE, paris_date(EPOCH))
    assert lignes.arrived_since(wanted, "2026-11-24T08:30:00.000Z") == 1


def test_updates_are_late_while_kafka_has_not_brought_what_we_wrote(mongo_database: MongoDatabase) -> None:
    clock, cursors = FixedClock(), MongoCursors(mongo_database["curseurs"])
    attendus = MongoAttendus(mongo_database, cursors, "gateway.lignes.v1", clock)
    attendus.expect("dossier", "rene", 7)
    assert not attendus.late()
    clock.advance(timedelta(seconds=16))
    assert attendus.late()
    cursors.advance("gateway.lignes.v1", {Origin("dossier", "rene"): 6})
    assert attendus.late()
    cursors.advance("gateway.lignes.v1", {Origin("dossier", "rene"): 7})
    assert not attendus.late()


def test_a_signal_wakes_its_recipient_and_nobody_else(mongo_database: MongoDatabase) -> None:
    signaux = MongoSignaux(mongo_database, SystemClock(), RandomIds())
    signaux.ensure_indexes()
    hub = Direct(signaux, SystemClock(), most=2)
    rene, sylvie = hub.join(frozenset({"rene"})), hub.join(frozenset({SYLVIE, ANGLAIS}))
    assert rene is not None
    assert sylvie is not None
    assert hub.join(frozenset({"trop"})) is None
    before = time.monotonic()
    signaux.notify([ANGLAIS])
    assert sylvie.wait(3)
    assert time.monotonic() - before < 2
    assert not rene.wait(0.6)
    hub.leave(rene)
    hub.leave(sylvie)


def test_who_looks_at_the_same_thing_is_seen_by_the_other(mongo_database: MongoDatabase) -> None:
    clock = FixedClock()
    presences = MongoPresences(mongo_database, clock)
    assert presences.look("l1", SYLVIE) == []
    assert presences.look("l1", "paul") == [SYLVIE]
    assert presences.look("l2", "paul") == []
    clock.advance(timedelta(minutes=1))
    assert presences.look("l1", SYLVIE) == []
