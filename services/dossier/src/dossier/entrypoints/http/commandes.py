"""What may be asked over HTTP: one route per command."""

from collections.abc import Mapping
from typing import Any

from flask import Response
from flask_smorest import Blueprint

from chassis.aggregates import Execution
from chassis.http import CommandAnswer, command_context, current_actor, expected, personne, respond
from dossier.application import commandes
from dossier.application.handlers import executer
from dossier.application.ports import Application
from dossier.application.vues.changement import changement_lu
from dossier.domain.dossier import Dossier
from dossier.domain.transitions import AGENT, GESTIONNAIRE
from dossier.domain.vie import Auteur
from dossier.entrypoints.http import schemas

CHEMIN = "/dossiers/<agent>/changements"


def presenter(application: Application, dossier: Dossier, id: str) -> Mapping[str, Any]:
    """A request as whoever calls may see it; the command has checked already that she may."""
    acteur = current_actor()
    qui = Auteur(acteur.id, AGENT if acteur.id == dossier.id else GESTIONNAIRE)
    return changement_lu(dossier, dossier.changement(id), application.catalogue, qui)


def blueprint_de_l_agent(application: Application) -> Blueprint:
    blueprint = Blueprint("signalements", __name__, description="Ce qu’un agent fait de ses demandes")

    @blueprint.route(CHEMIN, methods=["POST"])
    @personne()
    @blueprint.arguments(schemas.Signaler)
    @blueprint.response(201, CommandAnswer)
    def signaler(corps: dict[str, Any], agent: str) -> Response:
        """Signale un changement de situation."""
        commande = commandes.SignalerChangement(
            agent,
            corps["rubrique"],
            corps["cas"],
            corps["valeurs"],
            corps["date_effet"] or "",
            _pieces(corps),
            corps["message"] or "",
            corps["demande_citee"],
        )
        return _repondre(application, executer(application, commande, command_context()), 201)

    @blueprint.route(f"{CHEMIN}/<id>/completer", methods=["POST"])
    @personne()
    @blueprint.arguments(schemas.Completer)
    @blueprint.response(200, CommandAnswer)
    def completer(corps: dict[str, Any], agent: str, id: str) -> Response:
        """Répond à une demande de complément."""
        commande = commandes.CompleterChangement(
            agent, id, corps["valeurs"], corps["date_effet"], _pieces(corps), corps["message"] or ""
        )
        return _agir(application, commande)

    @blueprint.route(f"{CHEMIN}/<id>/annuler", methods=["POST"])
    @personne()
    @blueprint.arguments(schemas.SansCorps)
    @blueprint.response(200, CommandAnswer)
    def annuler(_: dict[str, Any], agent: str, id: str) -> Response:
        """Annule une demande avant sa décision."""
        return _agir(application, commandes.AnnulerChangement(agent, id))

    return blueprint


def blueprint_du_gestionnaire(application: Application) -> Blueprint:
    blueprint = Blueprint("decisions", __name__, description="Ce qu’un gestionnaire fait d’une demande")

    @blueprint.route(f"{CHEMIN}/<id>/prendre-en-charge", methods=["POST"])
    @personne("gestionnaire")
    @blueprint.arguments(schemas.SansCorps)
    @blueprint.response(200, CommandAnswer)
    def prendre_en_charge(_: dict[str, Any], agent: str, id: str) -> Response:
        """Prend une demande en charge."""
        return _agir(application, commandes.PrendreEnCharge(agent, id))

    @blueprint.route(f"{CHEMIN}/<id>/liberer", methods=["POST"])
    @personne("gestionnaire")
    @blueprint.arguments(schemas.SansCorps)
    @blueprint.response(200, CommandAnswer)
    def liberer(_: dict[str, Any], agent: str, id: str) -> Response:
        """Remet une demande dans la file."""
        return _agir(application, commandes.LibererChangement(agent, id))

    @blueprint.route(f"{CHEMIN}/<id>/accepter", methods=["POST"])
    @personne("gestionnaire")
    @blueprint.arguments(schemas.Accepter)
    @blueprint.response(200, CommandAnswer)
    def accepter(corps: dict[str, Any], agent: str, id: str) -> Response:
        """Accepte : la valeur entre dans le dossier."""
        return _agir(application, commandes.AccepterChangement(agent, id, tuple(corps["vu"])))

    @blueprint.route(f"{CHEMIN}/<id>/refuser", methods=["POST"])
    @personne("gestionnaire")
    @blueprint.arguments(schemas.Refuser)
    @blueprint.response(200, CommandAnswer)
    def refuser(corps: dict[str, Any], agent: str, id: str) -> Response:
        """Refuse, avec un motif que l’agent lira."""
        return _agir(application, commandes.RefuserChangement(agent, id, corps["motif"], corps["modele"]))

    @blueprint.route(f"{CHEMIN}/<id>/demander-complement", methods=["POST"])
    @personne("gestionnaire")
    @blueprint.arguments(schemas.DemanderComplement)
    @blueprint.response(200, CommandAnswer)
    def demander_complement(corps: dict[str, Any], agent: str, id: str) -> Response:
        """Demande à l’agent de compléter."""
        commande = commandes.DemanderComplement(agent, id, corps["motif"], corps["modele"], corps["avant"])
        return _agir(application, commande)

    return blueprint


def _agir(application: Application, commande: commandes.SurChangement) -> Response:
    fait = executer(application, commande, command_context(), expected(commande.changement_id))
    return _repondre(application, fait, 200)


def _repondre(application: Application, fait: Execution[Dossier], statut: int) -> Response:
    return respond(fait, presenter(application, fait.aggregate, fait.item), statut)


def _pieces(corps: Mapping[str, Any]) -> tuple[commandes.PieceDonnee, ...]:
    return tuple(commandes.PieceDonnee(piece["usage"], piece["ref"]) for piece in corps["pieces"])
