"""The two kinds of aggregates of identity, and how they are stored."""

from chassis.aggregates import AggregateKind, Document
from chassis.codec import DataclassCodec
from identity.adapters.publications import PUBLICATIONS_PERSONNE, PUBLICATIONS_PORTEFEUILLE
from identity.domain.noms import cle_de_tri, jetons
from identity.domain.personne import Personne
from identity.domain.portefeuille import Portefeuille


class CodecPersonne(DataclassCodec[Personne]):
    """Adds `recherche`, what the search reads; it is derived and never read back."""

    def __init__(self) -> None:
        super().__init__(Personne)

    def to_document(self, aggregate: Personne) -> Document:
        return {**super().to_document(aggregate), "recherche": _recherche(aggregate)}


def _recherche(personne: Personne) -> Document:
    etat_civil = personne.etat_civil
    return {
        "jetons": jetons([etat_civil.nom, etat_civil.prenom, *etat_civil.autres_noms]),
        "tri": cle_de_tri(etat_civil.nom, etat_civil.prenom),
    }


PERSONNES = AggregateKind("identity", "personne", CodecPersonne(), PUBLICATIONS_PERSONNE)
PORTEFEUILLES = AggregateKind(
    "identity", "portefeuille", DataclassCodec(Portefeuille), PUBLICATIONS_PORTEFEUILLE
)
