"""The life of an element once submitted: state × command × who → state, event.

A draft is not in this table: it is its author's alone, leaves no event, and is kept apart until it is
submitted. docs/lexique.md shows the same table.
"""

from dataclasses import dataclass

BROUILLON = "brouillon"
SOUMIS = "soumis"
EN_VERIFICATION = "en_verification"
VERIFIE = "verifie"
A_CORRIGER = "a_corriger"
RETIRE = "retire"

AGENT = "agent"
GESTIONNAIRE = "gestionnaire"
DETENTEUR = "detenteur"
SYSTEME = "systeme"


@dataclass(frozen=True)
class Transition:
    """`par`: agent (about herself), gestionnaire (any of the agent's portefeuille), detenteur (the
    gestionnaire who holds the element), systeme (a fact the system learned)."""

    depuis: str | None
    commande: str
    par: str
    vers: str
    evenement: str


TRANSITIONS = (
    Transition(None, "soumettre", AGENT, SOUMIS, "ElementSoumis"),
    Transition(SOUMIS, "soumettre", AGENT, SOUMIS, "ElementSoumis"),
    Transition(A_CORRIGER, "soumettre", AGENT, SOUMIS, "ElementSoumis"),
    Transition(VERIFIE, "soumettre", AGENT, SOUMIS, "ElementSoumis"),
    Transition(RETIRE, "soumettre", AGENT, SOUMIS, "ElementSoumis"),
    Transition(SOUMIS, "prendre_en_charge", GESTIONNAIRE, EN_VERIFICATION, "ElementPrisEnCharge"),
    Transition(EN_VERIFICATION, "liberer", GESTIONNAIRE, SOUMIS, "ElementLibere"),
    Transition(EN_VERIFICATION, "liberer", SYSTEME, SOUMIS, "ElementLibere"),
    Transition(EN_VERIFICATION, "verifier", DETENTEUR, VERIFIE, "ElementVerifie"),
    Transition(EN_VERIFICATION, "renvoyer", DETENTEUR, A_CORRIGER, "ElementACorriger"),
    Transition(SOUMIS, "retirer", AGENT, RETIRE, "ElementRetire"),
    Transition(EN_VERIFICATION, "retirer", AGENT, RETIRE, "ElementRetire"),
    Transition(A_CORRIGER, "retirer", AGENT, RETIRE, "ElementRetire"),
    Transition(VERIFIE, "retirer", AGENT, RETIRE, "ElementRetire"),
)


def etapes(etat: str | None, commande: str) -> tuple[Transition, ...]:
    """The rows that apply to this command in this state (one per kind of person allowed)."""
    return tuple(t for t in TRANSITIONS if t.depuis == etat and t.commande == commande)


def commandes_possibles(etat: str, qualites: frozenset[str]) -> tuple[str, ...]:
    """What somebody with these qualities may do now, in the order of the table, each once."""
    return tuple(dict.fromkeys(t.commande for t in TRANSITIONS if t.depuis == etat and t.par in qualites))
