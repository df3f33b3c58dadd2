"""The form of a table of states: state × command × who → state, event. Each service fills its own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Transition:
    """One row. `depuis` None: the thing does not exist yet; `par` names who may, in the service's words;
    `evenement` the class of the event it leaves."""

    depuis: str | None
    commande: str
    par: str
    vers: str
    evenement: str


class Transitions(tuple[Transition, ...]):
    """The whole table of a service, in the order its lexicon shows."""

    __slots__ = ()

    def __new__(cls, rows: Iterable[Transition]) -> "Transitions":
        return super().__new__(cls, tuple(rows))

    def etapes(self, etat: str | None, commande: str) -> Sequence[Transition]:
        """The rows that apply to this command in this state (one per kind of person allowed)."""
        return tuple(row for row in self if row.depuis == etat and row.commande == commande)

    def commandes_possibles(self, etat: str, qualites: frozenset[str]) -> tuple[str, ...]:
        """What somebody with these qualities may do now, in the order of the table, each once."""
        return tuple(
            dict.fromkeys(row.commande for row in self if row.depuis == etat and row.par in qualites)
        )
