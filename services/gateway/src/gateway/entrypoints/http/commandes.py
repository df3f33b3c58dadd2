"""What a form needs to become a command, and what its answer changes at once in our own lines."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from flask import request

from chassis.subscriptions import LineUpdate
from gateway.application.lignes import changement_data, element_data, fil_data
from gateway.application.projections import changement_lines, element_lines, fil_lines, recipients
from gateway.application.saisie import Saisie
from gateway.entrypoints.http.application import application, service

Answer = Mapping[str, Any]

SAFE_KEY = re.compile(r"[A-Za-z0-9._:-]{8,80}")
REVISION = re.compile(r"[0-9]{1,18}")


def saisie() -> Saisie:
    """The form as it was sent, files apart."""
    return Saisie.of(dict(request.form.lists()))


def cle() -> str:
    """The idempotency key drawn when the form was shown: a double click carries it twice."""
    return _proper(request.form.get("cle")) or application().ids.new()


def rev(name: str = "rev") -> int | None:
    given = request.form.get(name, "")
    return int(given) if REVISION.fullmatch(given) else None


def command(
    name: str, path: str, body: Mapping[str, Any], *, with_rev: bool = True, key: str | None = None
) -> Answer:
    """Sends this form's command to a service; its answer is `{item, seq}`.

    `key` replaces the form's own key where something steadier names the act.
    """
    wanted = rev() if with_rev else None
    answer: Answer = service(name).post(path, dict(body), key=_proper(key) or cle(), rev=wanted).json()
    return answer


def note_changement(answer: Answer) -> Mapping[str, Any]:
    """Writes what a dossier command did into our own lines: the next page is true."""
    item: Mapping[str, Any] = answer["item"]
    agent = application().rattachements.get(item["agent"])
    lines = changement_lines(changement_data(item), answer["seq"], agent)
    _write("dossier", item["agent"], answer["seq"], lines)
    return item


def note_element(agent: str, answer: Answer) -> Mapping[str, Any]:
    """The same for a CV element. A draft is nobody else's business yet."""
    item: Mapping[str, Any] = answer["item"]
    if item.get("soumis_le"):
        known = application().rattachements.get(agent)
        lines = element_lines(element_data(agent, item), answer["seq"], known)
        _write("cv", agent, answer["seq"], lines)
    return item


def note_fil(answer: Answer) -> Mapping[str, Any]:
    """The same for a thread, as far as its answer says what our lines hold."""
    item: Mapping[str, Any] = answer["item"]
    data = fil_data(item)
    if data is not None:
        known = application().rattachements.get(item["agent"])
        _write("courrier", item["id"], answer["seq"], fil_lines(data, answer["seq"], known))
    return item


def note(name: str, line: str, answer: Answer) -> Mapping[str, Any]:
    """Whichever service answered about this line of the queue."""
    if name == "dossier":
        return note_changement(answer)
    if name == "cv":
        return note_element(line.split("~")[1], answer)
    return note_fil(answer)


def _proper(key: str | None) -> str | None:
    """A key that may become a header, as the services take them."""
    return key if key and SAFE_KEY.fullmatch(key) else None


def _write(source: str, subject: str, seq: int, updates: Sequence[LineUpdate]) -> None:
    wired = application()
    wired.lines.apply(updates)
    wired.attendus.expect(source, subject, seq)
    wired.signaux.notify(recipients(updates))
