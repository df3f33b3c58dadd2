"""The role that makes and closes accounts in Keycloak."""

from collections.abc import Callable
from datetime import timedelta
from threading import Event

import structlog

from chassis.errors import Indisponible, Transitoire
from identity.application.comptes import publier_les_comptes_de_demonstration, tenir_les_comptes
from identity.bootstrap import Identity, preparer_les_index

log = structlog.get_logger()
TOUR_SECONDES = 0.5
PAUSE_MAX_SECONDES = 20.0
RENOUVELLEMENT = timedelta(seconds=3)


def tenir(identity: Identity, stop: Event) -> None:
    """Looks often; waits longer and longer while Keycloak or Mongo does not answer."""
    preparer_les_index(identity.base)
    tenue, pause = identity.tenue_des_comptes(), TOUR_SECONDES
    a_nous = _bail(identity)
    publier_les_comptes_de_demonstration(tenue)
    while not stop.wait(pause):
        try:
            if a_nous():
                fait = tenir_les_comptes(
                    tenue, identity.contexte_du_service, lambda: stop.is_set() or not a_nous()
                )
                if fait:
                    log.info("comptes.tenus", nombre=fait)
            pause = TOUR_SECONDES
        except (Transitoire, Indisponible) as error:
            log.warning("comptes.attente", erreur=type(error).__name__)
            pause = min(pause * 2, PAUSE_MAX_SECONDES)


def _bail(identity: Identity) -> Callable[[], bool]:
    """Whether it is this process's turn; asked of Mongo every few seconds, not for every account."""
    bail, suivant = identity.bail_des_comptes(), identity.clock.now()

    def a_nous() -> bool:
        nonlocal suivant
        now = identity.clock.now()
        if now < suivant:
            return True
        tenu = bail.acquire()
        suivant = now + RENOUVELLEMENT if tenu else now
        return tenu

    return a_nous
