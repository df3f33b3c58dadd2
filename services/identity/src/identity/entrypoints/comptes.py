"""The role that makes and closes accounts in Keycloak."""

from threading import Event

import structlog

from chassis.errors import Indisponible, Transitoire
from identity.application.comptes import publier_les_comptes_de_demonstration, tenir_les_comptes
from identity.bootstrap import Identity, preparer_les_index

log = structlog.get_logger()
TOUR_SECONDES = 0.5
PAUSE_MAX_SECONDES = 20.0


def tenir(identity: Identity, stop: Event) -> None:
    """Looks often; waits longer and longer while Keycloak or Mongo does not answer."""
    preparer_les_index(identity.base)
    tenue, bail, pause = identity.tenue_des_comptes(), identity.bail_des_comptes(), TOUR_SECONDES
    publier_les_comptes_de_demonstration(tenue)
    while not stop.wait(pause):
        try:
            if bail.acquire():
                fait = tenir_les_comptes(
                    tenue, identity.contexte_du_service, lambda: stop.is_set() or not bail.acquire()
                )
                if fait:
                    log.info("comptes.tenus", nombre=fait)
            pause = TOUR_SECONDES
        except (Transitoire, Indisponible) as error:
            log.warning("comptes.attente", erreur=type(error).__name__)
            pause = min(pause * 2, PAUSE_MAX_SECONDES)
