"""The refusals proper to this service → HTTP status."""

from collections.abc import Mapping

from dossier.domain.erreurs import DetenuParUnAutre, ExtraitPlusRecent, TransitionInterdite

ERREURS: Mapping[type[Exception], int] = {
    TransitionInterdite: 409,
    DetenuParUnAutre: 409,
    ExtraitPlusRecent: 409,
}
