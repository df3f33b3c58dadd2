"""What may be read. Opening somebody else's file is written down before anything is shown."""

from datetime import datetime, timedelta
from typing import Any

from chassis.clock import paris_date
from chassis.commands import Acteur
from dossier.application import habilitation
from dossier.application.ports import Application
from dossier.application.vues.changement import changement_lu, instant
from dossier.application.vues.dossier import dossier_lu, rubrique_lue
from dossier.domain.changement import Changement, PieceJointe
from dossier.domain.dossier import Dossier
from dossier.domain.transitions import AGENT
from dossier.domain.vie import Auteur

MOTIFS = {
    "demande": "Traitement d’une demande",
    "recherche": "Recherche dans le portefeuille",
    "message": "Réponse à un message",
}
MOTIF_PAR_DEFAUT = "demande"
MEME_OUVERTURE = timedelta(minutes=30)


def dossier(
    application: Application, acteur: Acteur, agent_id: str, motif: str, now: datetime
) -> dict[str, Any]:
    """Raises Introuvable when the file is not there or not open to this person."""
    _ouvrir(application, acteur, agent_id, motif, now)
    return dossier_lu(application.dossiers.get(agent_id), application.catalogue, paris_date(now))


def rubrique(
    application: Application, acteur: Acteur, agent_id: str, code: str, motif: str, now: datetime
) -> dict[str, Any]:
    une = application.catalogue.rubrique(code)
    _ouvrir(application, acteur, agent_id, motif, now)
    return rubrique_lue(application.dossiers.get(agent_id), une, application.catalogue, paris_date(now))


def changements(
    application: Application, acteur: Acteur, agent_id: str, motif: str, now: datetime
) -> list[dict[str, Any]]:
    """Latest first."""
    qui = _ouvrir(application, acteur, agent_id, motif, now)
    lu = application.dossiers.get(agent_id)
    recents = sorted(lu.changements.values(), key=lambda c: c.signale_le, reverse=True)
    return [changement_lu(lu, changement, application.catalogue, qui) for changement in recents]


def changement(
    application: Application, acteur: Acteur, agent_id: str, id: str, motif: str, now: datetime
) -> dict[str, Any]:
    qui, lu, demande = _demande(application, acteur, agent_id, id, motif, now)
    return changement_lu(lu, demande, application.catalogue, qui)


def piece(
    application: Application, acteur: Acteur, agent_id: str, id: str, n: int, now: datetime
) -> PieceJointe:
    """The nth piece of a request, to be downloaded. Raises Introuvable when there is no such number."""
    _, __, demande = _demande(application, acteur, agent_id, id, "demande", now)
    return demande.piece(n)


def image(
    application: Application, acteur: Acteur, agent_id: str, id: str, n: int, now: datetime
) -> PieceJointe:
    """The same for a page image: part of the request's page, whose opening is written down already;
    asked for by itself, it is an opening too."""
    qui = habilitation.auteur(application, acteur, agent_id, now)
    if qui.qualite != AGENT and not _vient_d_ouvrir(application, acteur.id, agent_id, now):
        application.consultations.record(agent_id, acteur.id, qui.qualite, MOTIF_PAR_DEFAUT, now)
    return application.dossiers.get(agent_id).changement(id).piece(n)


def consultations(
    application: Application, acteur: Acteur, agent_id: str, now: datetime
) -> list[dict[str, Any]]:
    """Who opened the file; for the agent alone."""
    habilitation.agent_seul(application, acteur, agent_id, now)
    return [
        {
            "acteur": vue.acteur,
            "role": vue.role,
            "motif": vue.motif,
            "motif_libelle": MOTIFS.get(vue.motif, vue.motif),
            "le": instant(vue.le),
        }
        for vue in application.consultations.of(agent_id)
    ]


def _vient_d_ouvrir(application: Application, acteur_id: str, agent_id: str, now: datetime) -> bool:
    vues = application.consultations.of(agent_id)
    return any(vue.acteur == acteur_id and now - vue.le < MEME_OUVERTURE for vue in vues)


def _demande(
    application: Application, acteur: Acteur, agent_id: str, id: str, motif: str, now: datetime
) -> tuple[Auteur, Dossier, Changement]:
    qui = _ouvrir(application, acteur, agent_id, motif, now)
    lu = application.dossiers.get(agent_id)
    return qui, lu, lu.changement(id)


def _ouvrir(application: Application, acteur: Acteur, agent_id: str, motif: str, now: datetime) -> Auteur:
    qui = habilitation.auteur(application, acteur, agent_id, now)
    if qui.qualite != AGENT:
        application.consultations.record(agent_id, acteur.id, qui.qualite, motif, now)
    return qui
