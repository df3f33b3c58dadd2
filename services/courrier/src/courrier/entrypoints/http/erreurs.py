"""The refusals proper to this service → HTTP status."""

from collections.abc import Mapping

from courrier.domain.erreurs import TransitionInterdite

ERREURS: Mapping[type[Exception], int] = {TransitionInterdite: 409}
