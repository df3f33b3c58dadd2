"""Identity's own refusals and their status."""

from collections.abc import Mapping

from identity.domain.transitions import TransitionInterdite

ERREURS: Mapping[type[Exception], int] = {TransitionInterdite: 409}
