"""The refusals proper to this service → HTTP status."""

from collections.abc import Mapping

from cv.domain.erreurs import DetenuParUnAutre, NonVerifiable, TransitionInterdite

ERREURS: Mapping[type[Exception], int] = {
    TransitionInterdite: 409,
    DetenuParUnAutre: 409,
    NonVerifiable: 409,
}
