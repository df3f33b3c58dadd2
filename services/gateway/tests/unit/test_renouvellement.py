"""Tokens are renewed early, once, and not needed while Keycloak is down."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from gateway.application.renouvellement import access_token
from gateway.application.sessions import Jetons, KeycloakMuet, RefreshRefuse, Session, Titulaire

DEBUT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
QUINZE = timedelta(minutes=15)


def jetons(acces: str, le: datetime = DEBUT) -> Jetons:
    return Jetons(acces, "rafraichissement", "identite", le, le + QUINZE)


def session() -> Session:
    titulaire = Titulaire("personne-1", "sub", "sid", frozenset({"enseignant"}))
    return Session("empreinte", DEBUT, DEBUT, {}, titulaire, jetons("premier"))


class Memoire:
    """The store, in memory; `claimed` says whether somebody else is already renewing."""

    def __init__(self, kept: Session, claimed: bool = False) -> None:
        self.kept: Session | None = kept
        self.claimed = claimed

    def get(self, empreinte: str) -> Session | None:
        return self.kept

    def claim_refresh(self, empreinte: str, received: datetime, now: datetime) -> bool:
        free, self.claimed = not self.claimed, True
        return free

    def write_tokens(self, empreinte: str, fresh: Jetons) -> None:
        assert self.kept is not None
        self.kept = replace(self.kept, jetons=fresh)

    def delete(self, empreinte: str) -> None:
        self.kept = None


class Keycloak:
    def __init__(self, failure: Exception | None = None) -> None:
        self.failure = failure
        self.asked = 0

    def renew(self, previous: Jetons, now: datetime) -> Jetons:
        self.asked += 1
        if self.failure:
            raise self.failure
        return jetons("second", now)


def demander(memoire: Memoire, keycloak: Keycloak, apres: timedelta) -> str:
    return access_token(session(), memoire, keycloak, DEBUT + apres)  # type: ignore[arg-type]


def test_un_jeton_recent_sert_tel_quel() -> None:
    keycloak = Keycloak()
    assert demander(Memoire(session()), keycloak, timedelta(minutes=4)) == "premier"
    assert keycloak.asked == 0


def test_apres_cinq_minutes_il_est_renouvele_une_seule_fois() -> None:
    memoire, keycloak = Memoire(session()), Keycloak()
    assert demander(memoire, keycloak, timedelta(minutes=6)) == "second"
    assert demander(memoire, keycloak, timedelta(minutes=6)) == "second"
    assert keycloak.asked == 1


def test_pendant_un_renouvellement_les_autres_gardent_l_ancien() -> None:
    keycloak = Keycloak()
    assert demander(Memoire(session(), claimed=True), keycloak, timedelta(minutes=6)) == "premier"
    assert keycloak.asked == 0


def test_keycloak_muet_ne_se_sent_pas_tant_que_le_jeton_vaut() -> None:
    keycloak = Keycloak(KeycloakMuet())
    assert demander(Memoire(session()), keycloak, timedelta(minutes=14)) == "premier"


def test_keycloak_muet_et_jeton_epuise_se_dit() -> None:
    with pytest.raises(KeycloakMuet):
        demander(Memoire(session()), Keycloak(KeycloakMuet()), timedelta(minutes=16))


def test_une_session_que_keycloak_ne_connait_plus_est_finie_ici_aussi() -> None:
    memoire = Memoire(session())
    with pytest.raises(RefreshRefuse):
        demander(memoire, Keycloak(RefreshRefuse()), timedelta(minutes=6))
    assert memoire.kept is None


def test_une_session_dure_trente_minutes_sans_rien_faire_et_dix_heures_au_plus() -> None:
    ouverte = session()
    assert ouverte.active(DEBUT + timedelta(minutes=29))
    assert not ouverte.active(DEBUT + timedelta(minutes=30))
    suivie = replace(ouverte, vu_le=DEBUT + timedelta(hours=9, minutes=55))
    assert suivie.active(DEBUT + timedelta(hours=9, minutes=59))
    assert not suivie.active(DEBUT + timedelta(hours=10))
