"""What a gestionnaire does with a request: take it, give it back, decide."""

from collections.abc import Callable, Sequence

from chassis.aggregates import Execution
from chassis.clock import paris_date
from chassis.commands import CommandContext, Expected
from chassis.ids import derived_id
from contracts.perimetre import tient
from dossier.application import habilitation
from dossier.application.commandes import (
    AccepterChangement,
    DemanderComplement,
    LibererApresTransfert,
    LibererChangement,
    PrendreEnCharge,
    RefuserChangement,
    SurChangement,
)
from dossier.application.demandes import definition
from dossier.application.ports import Application
from dossier.domain import vie
from dossier.domain.changement import Changement, Complement
from dossier.domain.dossier import Dossier
from dossier.domain.erreurs import champ_invalide
from dossier.domain.evenements import Evenement
from dossier.domain.transitions import SYSTEME
from dossier.domain.vie import Auteur

Fait = Execution[Dossier]
ActeSurDemande = Callable[[Dossier, Changement, Auteur], Sequence[Evenement]]
TRANSFERT = "transfert"


def prendre_en_charge(
    application: Application, commande: PrendreEnCharge, context: CommandContext, expected: Expected | None
) -> Fait:
    def acte(_: Dossier, changement: Changement, qui: Auteur) -> Sequence[Evenement]:
        return vie.prendre_en_charge(changement, qui, context.now)

    return _agir(application, commande, context, expected, acte)


def liberer(
    application: Application, commande: LibererChangement, context: CommandContext, expected: Expected | None
) -> Fait:
    def acte(_: Dossier, changement: Changement, qui: Auteur) -> Sequence[Evenement]:
        return vie.liberer(changement, qui, context.now)

    return _agir(application, commande, context, expected, acte)


def accepter(
    application: Application, commande: AccepterChangement, context: CommandContext, expected: Expected | None
) -> Fait:
    def acte(dossier: Dossier, changement: Changement, qui: Auteur) -> Sequence[Evenement]:
        rubrique, cas = definition(application.catalogue, changement)
        entree_id = derived_id("entree", changement.id)
        return vie.accepter(dossier, changement, cas, rubrique, qui, context.now, commande.vu, entree_id)

    return _agir(application, commande, context, expected, acte)


def refuser(
    application: Application, commande: RefuserChangement, context: CommandContext, expected: Expected | None
) -> Fait:
    _verifier_modele(application, commande.modele, "refus")

    def acte(_: Dossier, changement: Changement, qui: Auteur) -> Sequence[Evenement]:
        return vie.refuser(changement, qui, context.now, commande.motif, commande.modele)

    return _agir(application, commande, context, expected, acte)


def demander_complement(
    application: Application, commande: DemanderComplement, context: CommandContext, expected: Expected | None
) -> Fait:
    _verifier_modele(application, commande.modele, "complement")

    def acte(_: Dossier, changement: Changement, qui: Auteur) -> Sequence[Evenement]:
        complement = Complement(commande.motif.strip(), commande.modele, qui.id, context.now, commande.avant)
        return vie.demander_complement(changement, qui, context.now, complement)

    return _agir(application, commande, context, expected, acte)


def liberer_apres_transfert(
    application: Application, commande: LibererApresTransfert, context: CommandContext, _: Expected | None
) -> Fait:
    """Releases every request held by somebody who no longer manages this agent; a no-op otherwise."""
    jour = paris_date(context.now)
    agent = application.agents.get(commande.agent_id)
    portefeuille = application.portefeuilles.get(str(agent["portefeuille_id"])) if agent else None
    systeme = Auteur(context.acteur.id, SYSTEME)

    def act(dossier: Dossier) -> Sequence[Evenement]:
        if portefeuille is None:
            return []
        return [
            evenement
            for changement in dossier.changements.values()
            if changement.en_cours
            and changement.pris_par
            and not tient(changement.pris_par, portefeuille, jour)
            for evenement in vie.liberer(changement, systeme, context.now, TRANSFERT)
        ]

    return application.dossiers.execute(commande.agent_id, context, act)


def _agir(
    application: Application,
    commande: SurChangement,
    context: CommandContext,
    expected: Expected | None,
    acte: ActeSurDemande,
) -> Fait:
    """Checks who is acting, then lets the domain decide on the request as it is at the moment of writing."""
    qui = habilitation.auteur(application, context.acteur, commande.agent_id, context.now)

    def act(dossier: Dossier) -> Sequence[Evenement]:
        return acte(dossier, dossier.changement(commande.changement_id), qui)

    return application.dossiers.execute(commande.agent_id, context, act, expected=expected)


def _verifier_modele(application: Application, modele: str | None, nature: str) -> None:
    connus = {motif.code for motif in application.catalogue.motifs if motif.nature == nature}
    if modele is not None and modele not in connus:
        raise champ_invalide("modele", "Choisissez un modèle de la liste, ou aucun.")
