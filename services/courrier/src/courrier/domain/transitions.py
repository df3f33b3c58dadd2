"""The life of a thread: state × command × who → state, event. docs/lexique.md shows the same table."""

from chassis.transitions import Transition, Transitions

OUVERT = "ouvert"
CLOS = "clos"

AGENT = "agent"
GESTIONNAIRE = "gestionnaire"
SYSTEME = "systeme"


TRANSITIONS = Transitions(
    (
        Transition(None, "ecrire", AGENT, OUVERT, "MessageEnvoye"),
        Transition(None, "ecrire", GESTIONNAIRE, OUVERT, "MessageEnvoye"),
        Transition(None, "aviser", SYSTEME, OUVERT, "AvisEnvoye"),
        Transition(OUVERT, "aviser", SYSTEME, OUVERT, "AvisEnvoye"),
        Transition(OUVERT, "repondre", AGENT, OUVERT, "MessageEnvoye"),
        Transition(OUVERT, "repondre", GESTIONNAIRE, OUVERT, "MessageEnvoye"),
        Transition(OUVERT, "lire", AGENT, OUVERT, "MessageLu"),
        Transition(OUVERT, "lire", GESTIONNAIRE, OUVERT, "MessageLu"),
        Transition(CLOS, "lire", AGENT, CLOS, "MessageLu"),
        Transition(CLOS, "lire", GESTIONNAIRE, CLOS, "MessageLu"),
        Transition(OUVERT, "prendre_en_charge", GESTIONNAIRE, OUVERT, "FilAffecte"),
        Transition(OUVERT, "readresser", SYSTEME, OUVERT, "FilAffecte"),
        Transition(CLOS, "readresser", SYSTEME, CLOS, "FilAffecte"),
        Transition(OUVERT, "clore", GESTIONNAIRE, CLOS, "FilClos"),
        Transition(CLOS, "rouvrir", GESTIONNAIRE, OUVERT, "FilRouvert"),
    )
)
