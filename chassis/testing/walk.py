"""Every route of an app, to be knocked at by somebody who should not get in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from chassis.http.guards import APerson, Guard, guard_of

KEY = "cle-de-la-ronde-0001"


@dataclass(frozen=True)
class Door:
    """One route and method, with an address made of real ids."""

    method: str
    rule: str
    path: str
    guard: Guard | None

    def __str__(self) -> str:
        return f"{self.method} {self.rule}"

    def opens_to(self, role: str) -> bool:
        """Whether a person in this role gets past the guard, whatever the object."""
        return isinstance(self.guard, APerson) and (not self.guard.roles or role in self.guard.roles)

    def knock(
        self, client: FlaskClient, token: Mapping[str, str], body: Mapping[str, Any] | None = None
    ) -> TestResponse:
        headers = {**token, "Idempotency-Key": KEY}
        if self.method == "GET":
            return client.get(self.path, headers=headers)
        return client.open(self.path, method=self.method, json=dict(body or {}), headers=headers)


def doors(app: Flask, ids: Mapping[str, object], *, about: str = "") -> list[Door]:
    """The routes whose every parameter `ids` names; with `about`, only those that have this parameter."""
    return [
        Door(method, rule.rule, _filled(app, rule, ids), guard_of(app, rule.endpoint, method))
        for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule)
        if rule.arguments <= set(ids) and (not about or about in rule.arguments)
        for method in methods_of(rule)
    ]


def methods_of(rule: Rule) -> Iterator[str]:
    yield from sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})


def _filled(app: Flask, rule: Rule, ids: Mapping[str, object]) -> str:
    values = {name: ids[name] for name in rule.arguments}
    built = app.url_map.bind("").build(rule.endpoint, values, next(methods_of(rule)))
    return str(built)
