"""Notices: what another service decided, told to the agent once."""

from chassis.aggregates import Execution
from chassis.clock import paris_date
from chassis.commands import CommandContext
from chassis.ids import derived_id
from courrier.application.commandes import EnvoyerAvis
from courrier.application.outils import Outils
from courrier.domain import echange
from courrier.domain.avis import AvisRedige, rediger
from courrier.domain.echange import Auteur
from courrier.domain.evenements import EvenementDeFil
from courrier.domain.fil import AVIS, Fil, Message, ObjetDAvis
from courrier.domain.transitions import SYSTEME


def envoyer(outils: Outils, commande: EnvoyerAvis, contexte: CommandContext) -> Execution[Fil] | None:
    """One thread per object, one message per event. None when this event leaves no notice."""
    modele = outils.modeles.pour(commande.evenement, commande.nature, paris_date(contexte.now))
    if modele is None:
        return None
    marques = {
        "reference": commande.reference,
        "rubrique": outils.modeles.rubrique(modele.source, commande.rubrique),
        "objet_id": commande.objet_id,
    }
    redige = rediger(modele, marques)
    id = derived_id("avis", commande.objet_id)
    auteur = Auteur(contexte.acteur.id, SYSTEME)

    def acte(fil: Fil) -> list[EvenementDeFil]:
        return echange.aviser(fil, _message(commande, redige, len(fil.messages), contexte), auteur)

    def nouveau() -> Fil:
        return Fil(id, commande.agent, AVIS, redige.sujet, contexte.now)

    return outils.depot.execute(id, contexte, acte, create=nouveau)


def _message(commande: EnvoyerAvis, redige: AvisRedige, rang: int, contexte: CommandContext) -> Message:
    return Message(
        id=derived_id("avis", commande.evenement_id),
        rang=rang,
        cote=SYSTEME,
        auteur=SYSTEME,
        texte=redige.texte,
        envoye_le=contexte.now,
        avis=ObjetDAvis(redige.source, redige.type, commande.objet_id, redige.libelle, redige.lien),
    )
