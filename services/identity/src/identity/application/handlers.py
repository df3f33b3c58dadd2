"""The commands of identity and who carries them out."""

from collections.abc import Callable, Mapping
from typing import Any

from chassis.aggregates import Execution
from identity.application import habilitations

HANDLERS: Mapping[type, Callable[..., Execution[Any]]] = {
    habilitations.TransfererAgent: habilitations.transferer_agent,
    habilitations.NommerSuppleant: habilitations.nommer_suppleant,
    habilitations.DesactiverCompte: habilitations.desactiver_compte,
}
