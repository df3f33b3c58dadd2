"""What an agent does about her own file: report, complete, cancel."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from chassis.aggregates import Execution
from chassis.clock import paris_date
from chassis.commands import CommandContext, Expected
from chassis.files.port import Piece
from chassis.ids import derived_id
from chassis.working_days import after_working_days
from dossier.application import habilitation
from dossier.application.commandes import (
    AnnulerChangement,
    CompleterChangement,
    PieceDonnee,
    SignalerChangement,
)
from dossier.application.ports import Application
from dossier.domain import vie
from dossier.domain.catalogue import Cas, Catalogue, Rubrique
from dossier.domain.changement import Changement, PieceJointe
from dossier.domain.declaration import Declaration, Verifiee, verifier
from dossier.domain.dossier import Dossier
from dossier.domain.erreurs import champ_invalide
from dossier.domain.evenements import Evenement
from dossier.domain.reference import reference
from dossier.domain.saisie import Contexte
from dossier.domain.transitions import REFUSE, SIGNALE

Fait = Execution[Dossier]


def signaler(
    application: Application, commande: SignalerChangement, context: CommandContext, _: Expected | None
) -> Fait:
    """Raises Introuvable (rubrique, case, piece or file not hers) or DonneesInvalides."""
    habilitation.agent_seul(application, context.acteur, commande.agent_id, context.now)
    jour = paris_date(context.now)
    rubrique = application.catalogue.rubrique(commande.rubrique)
    cas = rubrique.un_cas(commande.cas, jour)
    pieces = recevoir(application, commande.pieces, cas, commande.agent_id, context)
    id = derived_id("changement", context.acteur.id, context.key or "")

    def act(dossier: Dossier) -> Sequence[Evenement]:
        declaration = Declaration(
            rubrique, cas, commande.valeurs, commande.date_effet, numeroter(pieces), commande.message
        )
        verifiee = verifier_dans(application.catalogue, dossier, declaration, jour)
        changement = _nouveau(application.catalogue, dossier, declaration, verifiee, context, id)
        changement.demande_citee = _citee(dossier, commande.demande_citee)
        return vie.signaler(dossier, changement, cas)

    fait = application.dossiers.execute(commande.agent_id, context, act)
    application.pieces.attach([piece.ref for piece in pieces])
    return fait


def completer(
    application: Application,
    commande: CompleterChangement,
    context: CommandContext,
    expected: Expected | None,
) -> Fait:
    """The answers given again replace the former ones; the whole is checked once more."""
    qui = habilitation.agent_seul(application, context.acteur, commande.agent_id, context.now)
    jour = paris_date(context.now)
    actuel = application.dossiers.get(commande.agent_id).changement(commande.changement_id)
    rubrique, cas = definition(application.catalogue, actuel)
    pieces = recevoir(application, commande.pieces, cas, commande.agent_id, context)

    def act(dossier: Dossier) -> Sequence[Evenement]:
        changement = dossier.changement(commande.changement_id)
        nouvelles = numeroter(pieces, len(changement.pieces))
        declaration = Declaration(
            rubrique,
            cas,
            {**_reponses(changement, cas), **commande.valeurs},
            commande.date_effet or changement.date_effet.isoformat(),
            nouvelles,
            commande.message,
            deja=changement.pieces,
        )
        verifiee = verifier_dans(application.catalogue, dossier, declaration, jour)
        echeance = _echeance(application.catalogue, jour)
        return vie.completer(
            changement, qui, context.now, verifiee, nouvelles, commande.message.strip(), echeance
        )

    fait = application.dossiers.execute(commande.agent_id, context, act, expected=expected)
    application.pieces.attach([piece.ref for piece in pieces])
    return fait


def annuler(
    application: Application, commande: AnnulerChangement, context: CommandContext, expected: Expected | None
) -> Fait:
    qui = habilitation.agent_seul(application, context.acteur, commande.agent_id, context.now)

    def act(dossier: Dossier) -> Sequence[Evenement]:
        return vie.annuler(dossier.changement(commande.changement_id), qui, context.now)

    return application.dossiers.execute(commande.agent_id, context, act, expected=expected)


def definition(catalogue: Catalogue, changement: Changement) -> tuple[Rubrique, Cas]:
    """The rules in force when the request was made. Raises Introuvable."""
    rubrique = catalogue.rubrique(changement.rubrique)
    return rubrique, rubrique.un_cas(changement.cas, paris_date(changement.signale_le))


def verifier_dans(catalogue: Catalogue, dossier: Dossier, declaration: Declaration, jour: date) -> Verifiee:
    contexte = Contexte(
        pays=catalogue.pays,
        entrees=[entree.id for entree in dossier.en_vigueur(declaration.rubrique.code, jour)],
        reponses=declaration.reponses,
    )
    return verifier(declaration, contexte, dossier.naissance(jour), jour)


def recevoir(
    application: Application,
    donnees: Sequence[PieceDonnee],
    cas: Cas,
    agent_id: str,
    context: CommandContext,
) -> list[PieceJointe]:
    """The files as the request keeps them, not numbered yet. Raises Introuvable."""
    if not donnees:
        return []
    refs = [donnee.ref for donnee in donnees]
    recues = {
        piece.ref: piece for piece in application.pieces.claim(refs, context.acteur.id, agent_id, context.now)
    }
    return [_jointe(recues[donnee.ref], donnee.usage, cas) for donnee in donnees]


def numeroter(pieces: Sequence[PieceJointe], deja: int = 0) -> list[PieceJointe]:
    return [replace(piece, n=n) for n, piece in enumerate(pieces, deja + 1)]


def _jointe(recue: Piece, usage: str, cas: Cas) -> PieceJointe:
    attendue = cas.piece(usage)
    return PieceJointe(
        n=0,
        usage=usage,
        libelle=attendue.libelle if attendue else usage,
        ref=recue.ref,
        nom=recue.nom,
        type=recue.type,
        taille=recue.taille,
        pages=recue.pages,
        analyse=recue.analyse,
        deposee_le=recue.deposee_le,
        sha256=recue.sha256,
    )


def _nouveau(
    catalogue: Catalogue,
    dossier: Dossier,
    declaration: Declaration,
    verifiee: Verifiee,
    context: CommandContext,
    id: str,
) -> Changement:
    jour = paris_date(context.now)
    return Changement(
        id=id,
        reference=reference(id, catalogue.trigramme(dossier.academie), jour.year),
        rubrique=declaration.rubrique.code,
        cas=declaration.cas.code,
        etat=SIGNALE,
        signale_le=context.now,
        etat_depuis=context.now,
        date_effet=verifiee.date_effet,
        valeurs=verifiee.valeurs,
        pieces=list(declaration.pieces),
        message=declaration.message.strip(),
        echeance=_echeance(catalogue, jour),
    )


def _reponses(changement: Changement, cas: Cas) -> dict[str, object]:
    return {champ.nom: changement.valeurs.get(champ.nom) for champ in cas.champs}


def _echeance(catalogue: Catalogue, jour: date) -> date:
    return after_working_days(jour, catalogue.delai_reponse)


def _citee(dossier: Dossier, id: str | None) -> str | None:
    """Only a refused request of the same file may be cited."""
    if not id:
        return None
    citee = dossier.changements.get(id)
    if citee is None or citee.etat != REFUSE:
        raise champ_invalide("demande_citee", "La demande citée n’est pas une de vos demandes refusées.")
    return id
