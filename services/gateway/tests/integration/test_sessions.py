"""Sessions and kept forms in a real store."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from gateway.adapters.coffre import Coffre
from gateway.adapters.formulaires import MongoFormulairesGardes
from gateway.adapters.sessions import MongoSessions
from gateway.application.formulaires import FormulaireGarde
from gateway.application.sessions import Jetons, Session, Titulaire

from chassis.mongo.connection import MongoDatabase
from chassis.testing.clock import EPOCH

pytestmark = pytest.mark.serveur

COFFRE = Coffre(b"0" * 32)
QUINZE = timedelta(minutes=15)


@pytest.fixture
def sessions(mongo_database: MongoDatabase) -> MongoSessions:
    kept = MongoSessions(mongo_database, COFFRE)
    kept.ensure_indexes()
    return kept


def session(empreinte: str = "e1", sid: str = "sid-1") -> Session:
    titulaire = Titulaire("personne-1", "sub-1", sid, frozenset({"enseignant"}), "10")
    jetons = Jetons("jeton-d-acces", "jeton-de-rafraichissement", "jeton-d-identite", EPOCH, EPOCH + QUINZE)
    return Session(empreinte, EPOCH, EPOCH, {"csrf_token": "secret-de-page"}, titulaire, jetons, "Firefox")


def test_a_session_comes_back_as_it_was_kept(sessions: MongoSessions) -> None:
    sessions.create(session())
    assert sessions.get("e1") == session()
    assert sessions.get("e2") is None


def test_nothing_kept_can_be_used_by_who_reads_the_database(
    sessions: MongoSessions, mongo_database: MongoDatabase
) -> None:
    sessions.create(session())
    stored = str(mongo_database["sessions"].find_one({"_id": "e1"}))
    for secret in ("jeton-d-acces", "jeton-de-rafraichissement", "jeton-d-identite", "secret-de-page"):
        assert secret not in stored


def test_another_key_opens_nothing(sessions: MongoSessions, mongo_database: MongoDatabase) -> None:
    sessions.create(session())
    found = MongoSessions(mongo_database, Coffre(b"1" * 32)).get("e1")
    assert found is not None
    assert found.jetons is None
    assert found.contenu == {}


def test_one_request_only_renews_the_tokens(sessions: MongoSessions) -> None:
    sessions.create(session())
    now = EPOCH + timedelta(minutes=6)
    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(lambda _: sessions.claim_refresh("e1", EPOCH, now), range(24)))
    assert won.count(True) == 1
    assert sessions.claim_refresh("e1", EPOCH, now + timedelta(seconds=11))


def test_tokens_already_renewed_are_not_renewed_again(sessions: MongoSessions) -> None:
    sessions.create(session())
    later = EPOCH + timedelta(minutes=6)
    fresh = Jetons("neuf", "r", "i", later, later + QUINZE)
    sessions.write_tokens("e1", fresh)
    assert not sessions.claim_refresh("e1", EPOCH, later)
    found = sessions.get("e1")
    assert found is not None
    assert found.jetons == fresh


def test_keycloak_s_word_ends_a_session_and_keeps_its_late_twin_out(sessions: MongoSessions) -> None:
    sessions.create(session("e1", "sid-1"))
    sessions.create(session("e2", "sid-2"))
    assert sessions.close_sid("sid-1", EPOCH) == 1
    assert sessions.get("e1") is None
    assert sessions.get("e2") is not None
    assert sessions.is_closed("sid-1", EPOCH + timedelta(minutes=9))
    assert not sessions.is_closed("sid-1", EPOCH + timedelta(minutes=11))
    assert sessions.close_sub("sub-1") == 1


def test_one_s_open_sessions_are_listed_without_those_that_ran_out(sessions: MongoSessions) -> None:
    sessions.create(session("e1"))
    sessions.create(replace(session("e2"), vu_le=EPOCH + timedelta(minutes=20)))
    found = sessions.of_person("personne-1", EPOCH + timedelta(minutes=35))
    assert [one.empreinte for one in found] == ["e2"]


def test_a_kept_form_goes_back_to_its_owner_only_and_for_half_an_hour(mongo_database: MongoDatabase) -> None:
    forms = MongoFormulairesGardes(mongo_database, COFFRE)
    forms.ensure_indexes()
    kept = FormulaireGarde("f1", "personne-1", "/courrier/nouveau", {"texte": ["Bonjour"]}, EPOCH + QUINZE)
    forms.keep(kept)
    assert forms.get("f1", "personne-1", EPOCH) == kept
    assert forms.get("f1", "personne-2", EPOCH) is None
    assert forms.get("f1", "personne-1", EPOCH + timedelta(minutes=31)) is None
    assert "Bonjour" not in str(mongo_database["formulaires_gardes"].find_one({}))
