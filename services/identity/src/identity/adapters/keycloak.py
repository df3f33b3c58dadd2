"""Accounts in Keycloak, through its administration API. One thread only: the client is not thread-safe."""

from collections.abc import Callable
from typing import Any, TypeVar

import requests
from keycloak import KeycloakAdmin, KeycloakOpenIDConnection
from keycloak.exceptions import KeycloakConnectionError, KeycloakError
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential_jitter

from chassis.errors import Transitoire
from identity.application.ports import CompteRefuse, FicheCompte

CONFLIT = 409
ERREUR_DU_SERVEUR = 500
JETON_REFUSE = 401
ESSAIS = 4
T = TypeVar("T")


class AnnuaireKeycloak:
    """`Annuaire` over one realm, with the provisioning service account."""

    def __init__(self, url: str, royaume: str, client_id: str, secret: Callable[[], str]) -> None:
        self._url = url
        self._royaume = royaume
        self._client_id = client_id
        self._secret = secret
        self._connected: Any = None

    def ouvrir(self, fiche: FicheCompte) -> bool:
        if self._creer(fiche, fiche.courriel):
            return True
        connu = self._trouver(fiche.identifiant)
        if connu is None:
            return self._sans_courriel(fiche)
        if fiche.personne_id not in (connu.get("attributes") or {}).get("personne_id", ()):
            raise CompteRefuse("identifiant-deja-pris")
        return fiche.courriel is None or bool(connu.get("email"))

    def fermer(self, identifiant: str) -> None:
        connu = self._trouver(identifiant)
        if connu is not None:
            self._insister(lambda admin: admin.update_user(connu["id"], {**connu, "enabled": False}))
            self._insister(lambda admin: admin.user_logout(connu["id"]))

    def _sans_courriel(self, fiche: FicheCompte) -> bool:
        """The user name is free, so the courriel is what another account has."""
        if not self._creer(fiche, None):
            raise CompteRefuse("conflit")
        return False

    def _creer(self, fiche: FicheCompte, courriel: str | None) -> bool:
        """False when the user name or the courriel is taken."""
        try:
            self._insister(lambda admin: admin.create_user(_payload(fiche, courriel), exist_ok=False))
        except KeycloakError as error:
            if error.response_code == CONFLIT:
                return False
            raise CompteRefuse(f"refus-{error.response_code}") from error
        return True

    def _trouver(self, identifiant: str) -> dict[str, Any] | None:
        found = self._insister(lambda admin: admin.get_users({"username": identifiant, "exact": True}))
        return next((user for user in found if user["username"] == identifiant), None)

    def _insister(self, act: Callable[[Any], T]) -> T:
        """A few tries, further and further apart; then Transitoire. Refusals pass as they are."""
        tries = Retrying(
            stop=stop_after_attempt(ESSAIS),
            wait=wait_exponential_jitter(multiplier=0.2, max=3),
            retry=retry_if_exception_type(Transitoire),
            reraise=True,
        )
        return tries(lambda: self._tenter(act))

    def _tenter(self, act: Callable[[Any], T]) -> T:
        try:
            return act(self._admin())
        except (KeycloakConnectionError, requests.RequestException) as error:
            self._connected = None
            raise Transitoire("keycloak") from error
        except KeycloakError as error:
            code = error.response_code
            if code is not None and code < ERREUR_DU_SERVEUR and code != JETON_REFUSE:
                raise
            self._connected = None
            raise Transitoire("keycloak") from error

    def _admin(self) -> Any:
        if self._connected is None:
            self._connected = KeycloakAdmin(
                connection=KeycloakOpenIDConnection(
                    server_url=self._url,
                    realm_name=self._royaume,
                    client_id=self._client_id,
                    client_secret_key=self._secret(),
                    timeout=10,
                )
            )
        return self._connected


def _payload(fiche: FicheCompte, courriel: str | None) -> dict[str, Any]:
    """Roles come through groups: the API ignores `realmRoles` in a new user."""
    payload: dict[str, Any] = {
        "username": fiche.identifiant,
        "enabled": True,
        "groups": [f"/{role}" for role in fiche.roles],
        "attributes": {"personne_id": [fiche.personne_id], "academie": [fiche.academie]},
    }
    if courriel is not None:
        payload |= {"email": courriel, "emailVerified": True}
    if fiche.mot_de_passe is not None:
        payload["credentials"] = [{"type": "password", "value": fiche.mot_de_passe, "temporary": False}]
    return payload
