"""Threads and messages as the other side of the wire reads them."""

from datetime import datetime
from typing import Any

from courrier.application.ports import Brouillon
from courrier.application.questions import Liste
from courrier.domain import echange
from courrier.domain.echange import Auteur
from courrier.domain.fil import Entete, Fil, Message, PieceJointe

Json = dict[str, Any]


def liste_lue(liste: Liste) -> Json:
    return {
        "fils": [
            entete_lu(fil, liste.cote) | {"brouillon": fil.id in liste.brouillons} for fil in liste.fils
        ],
        "non_lus": liste.non_lus,
    }


def entete_lu(fil: Entete, cote: str) -> Json:
    """What a list shows; `non_lus` are those of the side that reads."""
    resume = fil.resume
    return {
        "id": fil.id,
        "sujet": fil.sujet,
        "nature": fil.nature,
        "etat": fil.etat,
        "agent": fil.agent,
        "portefeuille_id": fil.portefeuille_id,
        "rev": fil.rev,
        "ouvert_le": _instant(fil.ouvert_le),
        "dernier_message_le": _instant(resume.dernier_message_le),
        "dernier_auteur": resume.dernier_auteur,
        "extrait": resume.extrait,
        "attend": fil.attend,
        "non_lus": fil.non_lus(cote),
        "non_lus_agent": resume.non_lus_agent,
        "non_lus_gestionnaire": resume.non_lus_gestionnaire,
        "nb_messages": resume.nb_messages,
        "affecte_a": fil.affecte_a,
    }


def fil_lu(fil: Fil, auteur: Auteur) -> Json:
    """The whole thread, with what this person may do."""
    return {
        **entete_lu(fil, auteur.qualite),
        "messages": [_message(message) for message in fil.dans_l_ordre()],
        "peut": [commande.replace("_", "-") for commande in echange.possibles(fil, auteur)],
    }


def brouillon_lu(brouillon: Brouillon) -> Json:
    return {
        "cle": brouillon.cle,
        "sujet": brouillon.sujet,
        "texte": brouillon.texte,
        "agent": brouillon.agent,
        "garde_le": _instant(brouillon.garde_le),
        "pieces": [_piece(piece) for piece in brouillon.pieces],
    }


def _message(message: Message) -> Json:
    avis = message.avis
    return {
        "id": message.id,
        "auteur": message.auteur,
        "cote": message.cote,
        "texte": message.texte,
        "envoye_le": _instant(message.envoye_le),
        "lu_le": _instant(message.lu_le),
        "pieces": [_piece(piece) for piece in message.pieces],
        "avis": {"type": avis.type, "objet": avis.libelle, "lien": avis.lien} if avis else None,
    }


def _piece(piece: PieceJointe) -> Json:
    return {
        "n": piece.n,
        "ref": piece.ref,
        "nom": piece.nom,
        "type": piece.type,
        "taille": piece.taille,
        "pages": piece.pages,
        "analyse": piece.analyse,
        "deposee_le": _instant(piece.deposee_le),
    }


def _instant(instant: datetime | None) -> str | None:
    return None if instant is None else instant.isoformat(timespec="milliseconds").replace("+00:00", "Z")
