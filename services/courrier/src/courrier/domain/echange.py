"""What happens in a thread. Each act follows TRANSITIONS."""

from dataclasses import dataclass
from datetime import datetime

from chassis.transitions import Transition
from courrier.domain.erreurs import TransitionInterdite
from courrier.domain.evenements import PAR_NOM, EvenementDeFil
from courrier.domain.fil import AVIS, Fil, Message
from courrier.domain.transitions import CLOS, GESTIONNAIRE, TRANSITIONS

MESSAGES_MAX = 300
SANS_REPONSE = "On ne répond pas à un avis : écrivez un nouveau message à votre gestionnaire."
FIL_CLOS = "Ce fil est clos : écrivez un nouveau message."
IMPOSSIBLE = "Ce n’est plus possible : ce fil a changé depuis. Rouvrez la page pour voir où il en est."
TROP_LONG = "Ce fil est très long : ouvrez-en un nouveau pour continuer."
# Ids come from the repetition key, which a sender may use again long after it was forgotten.
DEJA_ENVOYE = "Ce message a déjà été envoyé : rouvrez la page pour le retrouver."


@dataclass(frozen=True)
class Auteur:
    """Who acts in a thread: `qualite` is agent, gestionnaire or systeme."""

    id: str
    qualite: str
    portefeuille_id: str | None = None


def ecrire(fil: Fil, message: Message, auteur: Auteur) -> list[EvenementDeFil]:
    """The first message of a thread: who opens it on the side of the service also takes it."""
    if fil.messages:
        raise TransitionInterdite(DEJA_ENVOYE)
    rangee = _etape(None, "ecrire", auteur)
    return _ecrire(fil, message, auteur, rangee)


def repondre(fil: Fil, message: Message, auteur: Auteur) -> list[EvenementDeFil]:
    """Answering on the side of the service takes the thread when nobody has."""
    _refuser_avis(fil)
    if message.id in fil.messages:
        raise TransitionInterdite(DEJA_ENVOYE)
    if fil.etat == CLOS:
        raise TransitionInterdite(FIL_CLOS)
    if len(fil.messages) >= MESSAGES_MAX:
        raise TransitionInterdite(TROP_LONG)
    return _ecrire(fil, message, auteur, _etape(fil.etat, "repondre", auteur))


def aviser(fil: Fil, message: Message, auteur: Auteur) -> list[EvenementDeFil]:
    """The same notice again changes nothing, for ever."""
    if message.id in fil.messages:
        return []
    rangee = _etape(fil.etat if fil.messages else None, "aviser", auteur)
    fil.ajouter(message)
    return [PAR_NOM[rangee.evenement](message.id)]


def lire(fil: Fil, auteur: Auteur, le: datetime) -> list[EvenementDeFil]:
    """Everything the other side wrote is read; nothing to do when it was already."""
    a_lire = [message for message in fil.dans_l_ordre() if message.a_lire_par(auteur.qualite)]
    if not a_lire:
        return []
    rangee = _etape(fil.etat, "lire", auteur)
    for message in a_lire:
        message.lu_le = le
    fil.compter()
    return [PAR_NOM[rangee.evenement](a_lire[-1].id)]


def prendre_en_charge(fil: Fil, auteur: Auteur) -> list[EvenementDeFil]:
    """Any gestionnaire of the portefeuille may take a thread over: it is not a lock."""
    _refuser_avis(fil)
    if fil.affecte_a == auteur.id:
        return []
    rangee = _etape(fil.etat, "prendre_en_charge", auteur)
    fil.affecte_a = auteur.id
    return [PAR_NOM[rangee.evenement](fil.id)]


def readresser(fil: Fil, portefeuille_id: str | None, auteur: Auteur) -> list[EvenementDeFil]:
    """The thread follows the agent: nobody has taken it in the new portefeuille."""
    if fil.nature == AVIS or fil.portefeuille_id == portefeuille_id:
        return []
    rangee = _etape(fil.etat, "readresser", auteur)
    fil.portefeuille_id, fil.affecte_a = portefeuille_id, None
    return [PAR_NOM[rangee.evenement](fil.id, "transfert")]


def clore(fil: Fil, auteur: Auteur) -> list[EvenementDeFil]:
    return _changer(fil, "clore", auteur)


def rouvrir(fil: Fil, auteur: Auteur) -> list[EvenementDeFil]:
    return _changer(fil, "rouvrir", auteur)


def possibles(fil: Fil, auteur: Auteur) -> tuple[str, ...]:
    """The commands this person may give now, besides reading."""
    if fil.nature == AVIS:
        return ()
    offertes = ("repondre", "prendre_en_charge", "clore", "rouvrir")
    ouvertes = TRANSITIONS.commandes_possibles(fil.etat, frozenset({auteur.qualite}))
    possibles = tuple(commande for commande in offertes if commande in ouvertes)
    deja_prise = fil.affecte_a == auteur.id
    return tuple(commande for commande in possibles if not (deja_prise and commande == "prendre_en_charge"))


def _ecrire(fil: Fil, message: Message, auteur: Auteur, rangee: Transition) -> list[EvenementDeFil]:
    fil.ajouter(message)
    if auteur.qualite == GESTIONNAIRE and fil.affecte_a is None:
        fil.affecte_a = auteur.id
    return [PAR_NOM[rangee.evenement](message.id)]


def _changer(fil: Fil, commande: str, auteur: Auteur) -> list[EvenementDeFil]:
    _refuser_avis(fil)
    rangee = _etape(fil.etat, commande, auteur)
    fil.etat = rangee.vers
    return [PAR_NOM[rangee.evenement](fil.id)]


def _refuser_avis(fil: Fil) -> None:
    if fil.nature == AVIS:
        raise TransitionInterdite(SANS_REPONSE)


def _etape(etat: str | None, commande: str, auteur: Auteur) -> Transition:
    for rangee in TRANSITIONS.etapes(etat, commande):
        if rangee.par == auteur.qualite:
            return rangee
    raise TransitionInterdite(IMPOSSIBLE)
