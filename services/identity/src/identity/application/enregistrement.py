"""A person or a portefeuille of the extract enters identity."""

from chassis.aggregates import Execution
from chassis.commands import CommandContext
from chassis.repository import Repository
from identity.domain.personne import Personne
from identity.domain.portefeuille import Portefeuille


def enregistrer_personne(
    personnes: Repository[Personne], personne: Personne, contexte: CommandContext
) -> Execution[Personne]:
    """Nothing happens when she is there already."""
    return personnes.execute(personne.id, contexte, Personne.enregistrer, create=lambda: personne)


def enregistrer_portefeuille(
    portefeuilles: Repository[Portefeuille], portefeuille: Portefeuille, contexte: CommandContext
) -> Execution[Portefeuille]:
    """Nothing happens when it is there already."""
    return portefeuilles.execute(
        portefeuille.id, contexte, Portefeuille.enregistrer, create=lambda: portefeuille
    )
