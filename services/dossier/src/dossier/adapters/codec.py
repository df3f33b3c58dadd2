"""The file as it is stored."""

from chassis.aggregates import Document
from chassis.codec import DataclassCodec
from dossier.domain.dossier import Dossier

REFS = "refs"


class DossierCodec(DataclassCodec[Dossier]):
    """Adds `refs`: the files its requests name, in one place the sweeper can ask about."""

    def __init__(self) -> None:
        super().__init__(Dossier)

    def to_document(self, aggregate: Dossier) -> Document:
        refs = {piece.ref for changement in aggregate.changements.values() for piece in changement.pieces}
        return {**super().to_document(aggregate), REFS: sorted(refs)}
