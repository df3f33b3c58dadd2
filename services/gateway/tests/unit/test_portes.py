"""The pages, visited by somebody who means harm."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from gateway.adapters.impression import OwnFiles
from gateway.entrypoints.http.commandes import cle, rev
from gateway.entrypoints.http.moi import mes_portefeuilles
from gateway.entrypoints.http.sessions import MongoSessionInterface, ServerSession, digest

from chassis.rate_limits import LIMITER
from chassis.testing.walk import methods_of
from services.gateway.tests.maison import ANGLAIS, RACHEL, RENE, SYLVIE, Maison, maison

EXEMPT = "/deconnexion/canal-arriere"


@pytest.fixture
def chez() -> Iterator[Maison]:
    with maison() as ouverte:
        yield ouverte


def posts(chez: Maison) -> list[str]:
    rules = [rule.rule for rule in chez.app.url_map.iter_rules() if "POST" in methods_of(rule)]
    return [re.sub(r"<[^>]+>", "x", rule) for rule in rules]


class TestForgedForms:
    def test_no_form_is_taken_without_the_token_of_its_page(self, chez: Maison) -> None:
        visitors = [chez.entrer(RENE, "enseignant", "a"), chez.entrer(SYLVIE, "gestionnaire", "b")]
        for path in posts(chez):
            if path != EXEMPT:
                found = {visitor.post(path, data={"texte": "x"}).status_code for visitor in visitors}
                assert found <= {400, 403}, path
                assert 400 in found, path
        assert set(chez.demandes) <= {"/moi"}

    def test_the_token_of_another_session_does_not_do(self, chez: Maison) -> None:
        theirs = self.token(chez.entrer(SYLVIE, "gestionnaire", "b"))
        mine = chez.entrer(RENE, "enseignant", "a")
        ours = self.token(mine)
        path = "/compte/sessions/x/fermer"
        assert mine.post(path, data={"csrf_token": theirs}).status_code == 400
        assert mine.post(path, data={"csrf_token": ours}).status_code == 404

    def test_only_keycloak_may_post_without_one_and_must_sign(self, chez: Maison) -> None:
        answer = chez.visiter().post(EXEMPT, data={"logout_token": "eyJhbGciOiJub25lIn0.e30."})
        assert answer.status_code in (400, 503)

    def token(self, client: Any) -> str:
        found = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/compte").text)
        assert found
        return found[1]


class TestSessions:
    def test_a_cookie_brought_along_is_not_a_session(self, chez: Maison) -> None:
        assert chez.visiter("choisi-par-un-autre").get("/bureau").status_code == 302
        assert chez.sessions.gardees == {}

    def test_signing_in_changes_the_cookie_and_ends_what_was_before(self, chez: Maison) -> None:
        interface: Any = chez.app.session_interface
        before = ServerSession()
        first = interface.start(before)
        second = interface.start(before)
        assert first != second
        assert list(chez.sessions.gardees) == [digest(second)]
        assert len(second) >= 43

    def test_half_an_hour_without_a_page_ends_it_and_polling_does_not_count(self, chez: Maison) -> None:
        client = chez.entrer(RENE, "enseignant")
        chez.clock.advance(timedelta(minutes=1))
        client.get("/fragments/cv")
        client.head("/direct")
        assert chez.sessions.vues == []
        client.get("/compte")
        assert len(chez.sessions.vues) == 1
        chez.clock.advance(timedelta(minutes=30))
        assert client.get("/compte").status_code == 302

    def test_ten_hours_end_it_whatever_one_does(self, chez: Maison) -> None:
        chez.entrer(RENE, "enseignant")
        [opened] = chez.sessions.gardees.values()
        end = opened.cree_le + timedelta(hours=10)
        busy = replace(opened, vu_le=end - timedelta(minutes=1))
        assert busy.active(end - timedelta(seconds=1))
        assert not busy.active(end)

    @pytest.mark.parametrize(
        ("url", "secure"), [("http://localhost:8080", False), ("https://iprof.test", True)]
    )
    def test_the_cookie_is_out_of_reach(self, url: str, secure: bool) -> None:
        with maison(GATEWAY_URL=url) as chez:
            interface = chez.app.session_interface
            assert isinstance(interface, MongoSessionInterface)
            answer = chez.app.response_class()
            session = ServerSession()
            session["x"] = 1
            interface.save_session(chez.app, session, answer)
            cookie = answer.headers["Set-Cookie"]
            assert "HttpOnly" in cookie
            assert "SameSite=Lax" in cookie
            assert "Path=/" in cookie
            assert "Domain" not in cookie
            assert ("Secure" in cookie and cookie.startswith("__Host-")) is secure

    def test_production_refuses_to_start_without_https(self) -> None:
        with pytest.raises(RuntimeError, match="GATEWAY_URL"), maison(IPROF_PROFIL="production"):
            pass


class TestAddresses:
    @pytest.mark.parametrize("part", ["%2e%2e", "%2e", "..%0a", "x%0a", "a%3fb", "a%23b", "%5c", "a%20b"])
    def test_no_address_here_leads_a_service_elsewhere(self, chez: Maison, part: str) -> None:
        teacher, gestionnaire = (
            chez.entrer(RENE, "enseignant", "a"),
            chez.entrer(SYLVIE, "gestionnaire", "b"),
        )
        for path in (f"/dossier/changements/{part}", f"/cv/elements/{part}/pieces/1", f"/courrier/{part}"):
            assert teacher.get(path).status_code == 404, path
        for path in (f"/file/dossier~{part}~{part}", f"/file/cv~x~{part}/pieces/1", f"/agents/{part}"):
            assert gestionnaire.get(path).status_code == 404, path
        assert set(chez.demandes) <= {"/moi"}

    @pytest.mark.parametrize(
        "given", ["court", "x" * 200, "cle\r\nX-Role: service", "clé-accentuée", "a b c d e"]
    )
    def test_a_key_from_the_browser_never_becomes_another_header(self, chez: Maison, given: str) -> None:
        with chez.app.test_request_context(method="POST", data={"cle": given}):
            assert re.fullmatch(r"[A-Za-z0-9._:-]{8,80}", cle())

    def test_a_revision_that_is_no_number_is_no_revision(self, chez: Maison) -> None:
        for given in ("9" * 5000, "٣", "-1", '1"', ""):
            with chez.app.test_request_context(method="POST", data={"rev": given}):
                assert rev() is None, given[:10]

    @pytest.mark.parametrize(
        "url",
        ["http://127.0.0.1:1/", "https://ailleurs.example/x.css", "file:///etc/hostname", "file://h/etc"],
    )
    def test_a_printed_page_makes_the_server_fetch_nothing_but_our_files(
        self, tmp_path: Any, url: str
    ) -> None:
        (tmp_path / "recu.css").write_text("p {}")
        fetcher = OwnFiles(f"{tmp_path}/")
        assert fetcher.fetch(f"file://{tmp_path}/recu.css").read() == b"p {}"
        with pytest.raises(ValueError, match="not one of our files"):
            fetcher.fetch(url)


class TestOtherPeoplesThings:
    def test_who_looks_at_a_line_of_another_portefeuille_is_not_told(self, chez: Maison) -> None:
        sylvie = chez.entrer(SYLVIE, "gestionnaire")
        assert sylvie.get(f"/fragments/file/dossier~{RENE}~1/presence").status_code == 200
        assert sylvie.get(f"/fragments/file/dossier~{RACHEL}~1/presence").status_code == 404
        assert sylvie.get("/fragments/file/n-importe-quoi/presence").status_code == 404
        assert chez.presences == [f"dossier~{RENE}~1"]

    def test_the_name_of_an_agent_of_another_portefeuille_is_not_told(self, chez: Maison) -> None:
        sylvie, asked = chez.entrer(SYLVIE, "gestionnaire"), []
        noms = chez.wired.annuaire.noms
        chez.wired.annuaire.noms = lambda ids: asked.extend(ids) or noms(ids)  # type: ignore[method-assign]
        assert sylvie.get(f"/courrier/nouveau?agent={RACHEL}").status_code == 404
        assert RACHEL not in asked
        assert sylvie.get(f"/courrier/nouveau?agent={RENE}").status_code == 200
        assert RENE in asked

    def test_a_closed_account_holds_no_portefeuille(self, chez: Maison) -> None:
        chez.entrer(SYLVIE, "gestionnaire")
        with chez.app.test_request_context(headers={"Cookie": "iprof_session=cookie-de-test"}):
            assert mes_portefeuilles() == {ANGLAIS}
            chez.wired.rattachements.get(SYLVIE)["compte_actif"] = False  # type: ignore[index]
            assert mes_portefeuilles() == frozenset()


class TestLiveUpdates:
    def test_a_stream_nobody_reads_takes_no_place(self, chez: Maison) -> None:
        rene = chez.entrer(RENE, "enseignant")
        for _ in range(3):
            rene.head("/direct").close()
        assert not chez.wired.direct._listeners

    def test_one_person_does_not_take_every_place(self, chez: Maison) -> None:
        hub = chez.wired.direct
        hub._signaux.since = lambda _: []  # type: ignore[method-assign]
        hers = [hub.join(frozenset({RENE})) for _ in range(20)]
        assert [listener.over for listener in hers if listener] == [True] * 12 + [False] * 8
        assert len(hub._listeners) == 8
        assert hub.join(frozenset({SYLVIE})) is not None
        for listener in [*hub._listeners]:
            hub.leave(listener)


def test_an_unexpected_error_shows_nothing_of_its_cause(chez: Maison) -> None:
    def broken(*_: Any) -> Any:
        raise RuntimeError("secret 10E0989434SST at /srv/app.py line 3")

    chez.wired.lignes.counts = broken  # type: ignore[method-assign]
    answer = chez.entrer(SYLVIE, "gestionnaire").get("/fragments/file/onglets")
    assert answer.status_code == 500
    for told in ("secret", "10E0989434SST", "Traceback", "RuntimeError", ".py"):
        assert told not in answer.text


def test_pages_carry_their_headers_errors_included(chez: Maison) -> None:
    for path in ("/", "/nulle-part", "/bureau"):
        headers = chez.visiter().get(path).headers
        assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self';")
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert "Access-Control-Allow-Origin" not in headers


def test_an_error_page_comes_out_even_when_its_own_header_fails(chez: Maison) -> None:
    def broken(*_: Any) -> Any:
        raise RuntimeError("secret")

    chez.wired.lignes.fils_non_lus = broken  # type: ignore[method-assign]
    answer = chez.entrer(RENE, "enseignant").get("/nulle-part")
    assert answer.status_code == 404
    assert "Page introuvable" in answer.text or "n’existe pas" in answer.text


class TestVisitorsAddress:
    """Sign-in is slowed down by address: nobody may choose hers, and one visitor must not stop the others."""

    @pytest.fixture(autouse=True)
    def _counts_of_its_own(self) -> Iterator[None]:
        yield
        LIMITER.reset()

    def knocks(self, chez: Maison, forwarded: str) -> int:
        headers = {"X-Forwarded-For": forwarded}
        return chez.visiter().get("/connexion/retour", headers=headers).status_code

    def test_without_a_proxy_of_ours_the_header_is_not_believed(self) -> None:
        with maison() as chez:
            found = [self.knocks(chez, f"10.0.0.{n}") for n in range(130)]
        assert found.count(429) == 10

    def test_behind_ours_each_visitor_has_her_own_count(self) -> None:
        with maison(PROXYS="1") as chez:
            found = [self.knocks(chez, f"1.2.3.4, 10.1.0.{n % 2}") for n in range(130)]
            assert 429 not in found
            assert [self.knocks(chez, "10.2.0.1") for _ in range(125)].count(429) == 5


def test_over_https_every_answer_asks_for_https_from_then_on() -> None:
    with maison(GATEWAY_URL="https://iprof.test") as chez:
        for path in ("/", "/nulle-part", "/static/base.css"):
            asked = chez.visiter().get(path).headers["Strict-Transport-Security"]
            assert asked == "max-age=31536000; includeSubDomains"
