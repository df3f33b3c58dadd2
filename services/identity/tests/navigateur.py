"""Calls identity's routes with real tokens, over the twins."""

from typing import Any

from flask.testing import FlaskClient
from identity.entrypoints.http.application import creer
from werkzeug.test import TestResponse

from chassis.clock import Clock
from chassis.testing.tokens import LocalIssuer
from services.identity.tests.doublures import Monde


class Navigateur:
    def __init__(self, monde: Monde, clock: Clock) -> None:
        self.monde = monde
        self._issuer = LocalIssuer()
        self.app = creer(
            monde.sources,
            monde.depots,
            None,
            journal=lambda *_: [],
            ready={},
            clock=clock,
            verifier=self._issuer.verifier(),
        )
        self._client: FlaskClient = self.app.test_client()

    def lire(self, chemin: str, identifiant: str, **champs: Any) -> TestResponse:
        return self._client.get(chemin, headers=self._jeton(identifiant, **champs))

    def envoyer(
        self, chemin: str, corps: dict[str, Any], identifiant: str, *, cle: str = "cle-0001", **entetes: str
    ) -> TestResponse:
        headers = {**self._jeton(identifiant), "Idempotency-Key": cle, **entetes}
        return self._client.post(chemin, json=corps, headers=headers)

    def en_service(self, chemin: str, corps: dict[str, Any], service: str) -> TestResponse:
        return self._client.post(chemin, json=corps, headers=self._issuer.service_bearer(service))

    def _jeton(self, identifiant: str, academie: str = "10") -> dict[str, str]:
        personne = self.monde.personne(identifiant)
        return self._issuer.bearer(personne.id, *personne.roles, academie=academie)
