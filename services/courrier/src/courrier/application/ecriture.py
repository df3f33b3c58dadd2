"""Writing: a new thread, an answer, a draft."""

from collections.abc import Sequence
from dataclasses import replace

from chassis.aggregates import Execution
from chassis.clock import paris_date
from chassis.commands import CommandContext, Expected
from chassis.files.port import Piece
from chassis.ids import derived_id
from courrier.application.commandes import GarderBrouillon, OuvrirFil, Repondre
from courrier.application.outils import Outils
from courrier.application.ports import Brouillon
from courrier.application.questions import fil as voir
from courrier.domain import echange
from courrier.domain.echange import Auteur
from courrier.domain.evenements import EvenementDeFil
from courrier.domain.fil import ECHANGE, Fil, Message, PieceJointe
from courrier.domain.saisie import lire_sujet, lire_texte, verifier_nombre_de_pieces

NOUVEAU = "nouveau"
BROUILLON_MAX = 6000


def ouvrir(
    outils: Outils, commande: OuvrirFil, contexte: CommandContext, _: Expected | None = None
) -> Execution[Fil]:
    """A thread between an agent and her portefeuille, whichever side begins."""
    auteur = outils.perimetre.auteur(contexte.acteur, commande.agent, paris_date(contexte.now))
    sujet, texte = lire_sujet(commande.sujet), lire_texte(commande.texte)
    pieces = _pieces(outils, commande.refs, commande.agent, contexte)
    id = derived_id("fil", contexte.acteur.id, contexte.key or "")
    message = _message(id, auteur, texte, pieces, contexte)

    def nouveau() -> Fil:
        return Fil(id, commande.agent, ECHANGE, sujet, contexte.now, auteur.portefeuille_id)

    execution = outils.depot.execute(
        id, contexte, lambda fil: echange.ecrire(fil, message, auteur), create=nouveau
    )
    return _envoye(outils, execution, commande.refs, NOUVEAU, contexte)


def repondre(
    outils: Outils, commande: Repondre, contexte: CommandContext, _: Expected | None = None
) -> Execution[Fil]:
    fil, auteur = voir(outils, contexte.acteur, commande.fil, contexte.now)
    pieces = _pieces(outils, commande.refs, fil.agent, contexte)
    message = _message(fil.id, auteur, lire_texte(commande.texte), pieces, contexte)

    def acte(fil: Fil) -> Sequence[EvenementDeFil]:
        return echange.repondre(fil, replace(message, rang=len(fil.messages)), auteur)

    execution = outils.depot.execute(commande.fil, contexte, acte)
    return _envoye(outils, execution, commande.refs, commande.fil, contexte)


def garder_brouillon(outils: Outils, commande: GarderBrouillon, contexte: CommandContext) -> Brouillon:
    """Whatever was typed, cut at a reasonable length: checks wait for the sending."""
    agent = _agent_du_brouillon(outils, commande, contexte)
    outils.perimetre.auteur(contexte.acteur, agent, paris_date(contexte.now))
    brouillon = Brouillon(
        cle=commande.cle,
        sujet=commande.sujet[:BROUILLON_MAX],
        texte=commande.texte[:BROUILLON_MAX],
        agent=commande.agent,
        garde_le=contexte.now,
        pieces=tuple(_pieces(outils, commande.refs, agent, contexte)),
    )
    outils.brouillons.garder(contexte.acteur.id, brouillon)
    return brouillon


def effacer_brouillon(outils: Outils, acteur_id: str, cle: str) -> None:
    outils.brouillons.effacer(acteur_id, cle)


def _agent_du_brouillon(outils: Outils, commande: GarderBrouillon, contexte: CommandContext) -> str:
    fil = None if commande.cle == NOUVEAU else outils.depot.get(commande.cle)
    return fil.agent if fil else commande.agent or contexte.acteur.id


def _envoye(
    outils: Outils, execution: Execution[Fil], refs: Sequence[str], cle: str, contexte: CommandContext
) -> Execution[Fil]:
    outils.pieces.attach(refs)
    if not execution.replayed:
        outils.brouillons.effacer(contexte.acteur.id, cle)
    return execution


def _message(
    fil_id: str, auteur: Auteur, texte: str, pieces: list[PieceJointe], contexte: CommandContext
) -> Message:
    return Message(
        id=derived_id("message", fil_id, auteur.id, contexte.key or ""),
        rang=0,
        cote=auteur.qualite,
        auteur=auteur.id,
        texte=texte,
        envoye_le=contexte.now,
        pieces=pieces,
    )


def _pieces(outils: Outils, refs: Sequence[str], agent: str, contexte: CommandContext) -> list[PieceJointe]:
    verifier_nombre_de_pieces(refs)
    recues = outils.pieces.claim(refs, contexte.acteur.id, agent, contexte.now)
    return [_jointe(n, recue) for n, recue in enumerate(recues, 1)]


def _jointe(n: int, recue: Piece) -> PieceJointe:
    return PieceJointe(
        n=n,
        ref=recue.ref,
        nom=recue.nom,
        type=recue.type,
        taille=recue.taille,
        pages=recue.pages,
        analyse=recue.analyse,
        deposee_le=recue.deposee_le,
    )
