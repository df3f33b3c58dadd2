"""Who may call what: the committed table is what the apps enforce."""

import csv
import re

import pytest

from tests.architecture.routes import COLUMNS, SERVICES, Row, apps, rows, table
from tests.architecture.sources import ROOT

EVERYWHERE = {("GET", "/live"), ("GET", "/ready")}
PUBLIC_PAGES = {
    ("GET", "/"),
    ("GET", "/accessibilite"),
    ("GET", "/connexion"),
    ("GET", "/connexion/retour"),
    ("GET", "/donnees-personnelles"),
    ("GET", "/mentions-legales"),
    ("GET", "/static/<path:filename>"),
    ("POST", "/deconnexion"),
    ("POST", "/deconnexion/canal-arriere"),
}
PUBLIC = "tout le monde"
DECISIONS = ("accepter", "refuser", "demander-complement", "verifier", "a-corriger")
DECISIONS += ("prendre-en-charge", "liberer", "clore", "rouvrir")


def test_the_committed_table_is_what_the_apps_enforce() -> None:
    with (ROOT / "docs/routes.csv").open(encoding="utf-8", newline="") as written:
        header, *lines = csv.reader(written)
    assert tuple(header) == COLUMNS
    command = "python -m tests.architecture.routes > docs/routes.csv"
    assert [tuple(line) for line in lines] == table(), f"read the difference, then run: {command}"


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_opens_nothing_but_its_health_to_everybody(service: str) -> None:
    assert public_routes(service) == EVERYWHERE


def test_the_pages_open_to_everybody_are_the_welcome_the_duties_and_the_sign_in() -> None:
    assert public_routes("gateway") == EVERYWHERE | PUBLIC_PAGES


@pytest.mark.parametrize("service", SERVICES)
def test_internal_addresses_are_for_services_and_services_have_no_others(service: str) -> None:
    for _, method, route, guard in rows(service, apps()[service]):
        assert guard.startswith("jeton d’un service") == route.startswith("/interne/"), (method, route)


@pytest.mark.parametrize("service", SERVICES)
def test_only_a_gestionnaire_decides(service: str) -> None:
    for _, method, route, guard in rows(service, apps()[service]):
        if method == "POST" and route.rsplit("/", 1)[1] in DECISIONS:
            assert guard == "jeton d’une personne : gestionnaire", route


@pytest.mark.parametrize("service", SERVICES)
def test_without_a_token_every_other_route_answers_401(service: str) -> None:
    client = apps()[service].test_client()
    for row in guarded(service):
        answer = client.open(address(row), method=row[1])
        assert (answer.status_code, answer.content_type) == (401, "application/problem+json"), row


def test_without_a_session_every_page_leads_to_the_sign_in() -> None:
    client = apps()["gateway"].test_client()
    for row in guarded("gateway"):
        answer = client.open(address(row), method=row[1])
        if answer.status_code == 302:
            assert answer.headers["Location"].startswith("/connexion?retour=/"), row
        else:
            assert answer.status_code == 401, row


@pytest.mark.parametrize("service", SERVICES)
def test_other_methods_do_not_get_round_the_guard(service: str) -> None:
    client = apps()[service].test_client()
    for row in guarded(service):
        for method in ("HEAD", "OPTIONS", "TRACE", "PATCH"):
            assert client.open(address(row), method=method).status_code in (401, 405), (method, row)


def public_routes(service: str) -> set[tuple[str, str]]:
    found = rows(service, apps()[service])
    return {(method, route) for _, method, route, guard in found if guard == PUBLIC}


def guarded(service: str) -> list[Row]:
    return [row for row in rows(service, apps()[service]) if row[3] != PUBLIC]


def address(row: Row) -> str:
    """A path that this route matches: 1 for numbers, a word for the rest."""
    return re.sub(r"<\w+>", "quelconque", re.sub(r"<int:\w+>", "1", row[2]))
