"""The life of an element once submitted: state × command × who → state, event.

A draft is not in this table: it is its author's alone, leaves no event, and is kept apart until it is
submitted. docs/lexique.md shows the same table.
"""

from chassis.transitions import Transition, Transitions

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


# `par`: agent (about herself), gestionnaire (any of the agent's portefeuille), detenteur (the
# gestionnaire who holds the element), systeme (a fact the system learned).
TRANSITIONS = Transitions(
    (
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
)
