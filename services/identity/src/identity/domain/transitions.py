"""The life of an account: state × command × who → state, event."""

from chassis.errors import Conflit
from chassis.transitions import Transition, Transitions

TRANSITIONS = Transitions(
    (
        Transition(None, "enregistrer", "import", "a_creer", "PersonneEnregistree"),
        Transition("a_creer", "ouvrir", "comptes", "cree", "CompteOuvert"),
        Transition("a_creer", "signaler", "comptes", "a_corriger", "CompteSignale"),
        Transition("a_corriger", "ouvrir", "comptes", "cree", "CompteOuvert"),
        Transition("a_creer", "desactiver", "administrateur", "a_desactiver", "CompteDesactive"),
        Transition("a_corriger", "desactiver", "administrateur", "a_desactiver", "CompteDesactive"),
        Transition("cree", "desactiver", "administrateur", "a_desactiver", "CompteDesactive"),
        Transition("a_desactiver", "fermer", "comptes", "desactive", "CompteFerme"),
    )
)


class TransitionInterdite(Conflit):
    """The account is not in a state where this can be done."""

    code = "transition-interdite"


def etat_suivant(etat: str, commande: str) -> str:
    """Raises TransitionInterdite."""
    for etape in TRANSITIONS.etapes(etat, commande):
        return etape.vers
    raise TransitionInterdite("Ce compte n’est pas dans un état où cela est possible. Rechargez la page.")
