"""What may be asked over HTTP: one route per command."""

from collections.abc import Mapping
from typing import Any

from flask import Response, jsonify
from flask_smorest import Blueprint

from chassis.clock import paris_date
from chassis.commands import Acteur
from chassis.http import CommandAnswer, command_context, current_actor, etag, expected, personne
from cv.application import commandes
from cv.application.handlers import HANDLERS
from cv.application.outils import Outils
from cv.application.presentation import element_lu
from cv.application.vue import Resultat, Vue, VueElement
from cv.domain.element import CV
from cv.domain.transitions import AGENT, GESTIONNAIRE
from cv.domain.vie import Auteur
from cv.entrypoints.http import schemas

ELEMENTS = "/cvs/<agent>/elements"
ELEMENT = f"{ELEMENTS}/<id>"


def presenter(outils: Outils, agregat: CV | Vue, element_id: str) -> Mapping[str, Any]:
    """An element as whoever calls may see it; the command has checked already that she may."""
    if isinstance(agregat, CV):
        vue = VueElement(agregat.element(element_id), None)
    else:
        vue = agregat.element(element_id)
    return _presenter(outils, vue, agregat.id)


def blueprint_de_l_agent(outils: Outils) -> Blueprint:
    blueprint = Blueprint("redaction", __name__, description="Ce qu’un agent fait de son CV")

    @blueprint.route(ELEMENTS, methods=["POST"])
    @personne()
    @blueprint.arguments(schemas.NouvelElement)
    @blueprint.response(201, CommandAnswer)
    def ajouter(corps: dict[str, Any], agent: str) -> Response:
        """Ajoute un brouillon."""
        commande = commandes.AjouterElement(agent, corps["rubrique"], corps["valeurs"], _pieces(corps))
        resultat = HANDLERS[type(commande)](outils, commande, command_context())
        return _repondre(outils, resultat, agent, 201)

    @blueprint.route(ELEMENT, methods=["PUT"])
    @personne()
    @blueprint.arguments(schemas.ContenuDElement)
    @blueprint.response(200, CommandAnswer)
    def modifier(corps: dict[str, Any], agent: str, id: str) -> Response:
        """Modifie le brouillon, ou en commence un sur ce qui a été soumis."""
        return _agir(outils, commandes.ModifierElement(agent, id, corps["valeurs"], _pieces(corps)))

    @blueprint.route(f"{ELEMENT}/soumettre", methods=["POST"])
    @personne()
    @blueprint.arguments(schemas.SansCorps)
    @blueprint.response(200, CommandAnswer)
    def soumettre(_: dict[str, Any], agent: str, id: str) -> Response:
        """Soumet le brouillon à vérification."""
        return _agir(outils, commandes.SoumettreElement(agent, id))

    @blueprint.route(f"{ELEMENT}/retirer", methods=["POST"])
    @personne()
    @blueprint.arguments(schemas.SansCorps)
    @blueprint.response(200, CommandAnswer)
    def retirer(_: dict[str, Any], agent: str, id: str) -> Response:
        """Abandonne le brouillon, ou retire ce qui a été soumis."""
        return _agir(outils, commandes.RetirerElement(agent, id))

    return blueprint


def blueprint_du_gestionnaire(outils: Outils) -> Blueprint:
    blueprint = Blueprint("verification", __name__, description="Ce qu’un gestionnaire fait d’un élément")

    @blueprint.route(f"{ELEMENT}/prendre-en-charge", methods=["POST"])
    @personne("gestionnaire")
    @blueprint.arguments(schemas.SansCorps)
    @blueprint.response(200, CommandAnswer)
    def prendre_en_charge(_: dict[str, Any], agent: str, id: str) -> Response:
        """Prend un élément en charge."""
        return _agir(outils, commandes.PrendreEnCharge(agent, id))

    @blueprint.route(f"{ELEMENT}/liberer", methods=["POST"])
    @personne("gestionnaire")
    @blueprint.arguments(schemas.SansCorps)
    @blueprint.response(200, CommandAnswer)
    def liberer(_: dict[str, Any], agent: str, id: str) -> Response:
        """Remet un élément dans la file."""
        return _agir(outils, commandes.LibererElement(agent, id))

    @blueprint.route(f"{ELEMENT}/verifier", methods=["POST"])
    @personne("gestionnaire")
    @blueprint.arguments(schemas.SansCorps)
    @blueprint.response(200, CommandAnswer)
    def verifier(_: dict[str, Any], agent: str, id: str) -> Response:
        """Atteste que la pièce prouve l’élément."""
        return _agir(outils, commandes.VerifierElement(agent, id))

    @blueprint.route(f"{ELEMENT}/a-corriger", methods=["POST"])
    @personne("gestionnaire")
    @blueprint.arguments(schemas.Renvoi)
    @blueprint.response(200, CommandAnswer)
    def renvoyer(corps: dict[str, Any], agent: str, id: str) -> Response:
        """Renvoie l’élément à corriger, avec un motif que l’agent lira."""
        commande = commandes.RenvoyerElement(agent, id, corps["nature"], corps["motif"], corps["modele"])
        return _agir(outils, commande)

    return blueprint


def _agir(outils: Outils, commande: Any) -> Response:
    resultat = HANDLERS[type(commande)](outils, commande, command_context(), expected(commande.element))
    return _repondre(outils, resultat, commande.agent, 200)


def _repondre(outils: Outils, resultat: Resultat, agent: str, statut: int) -> Response:
    item = _presenter(outils, resultat.element, agent)
    return etag(jsonify({"item": item, "seq": resultat.seq}), resultat.element.rev, statut)


def _presenter(outils: Outils, element: VueElement, agent: str) -> Mapping[str, Any]:
    rubrique = outils.catalogue.rubrique(element.rubrique, paris_date(element.etat_depuis))
    return element_lu(element, rubrique, _auteur(current_actor(), agent))


def _auteur(acteur: Acteur, agent: str) -> Auteur:
    return Auteur(acteur.id, AGENT if acteur.id == agent else GESTIONNAIRE)


def _pieces(corps: Mapping[str, Any]) -> tuple[commandes.PieceFournie, ...]:
    return tuple(commandes.PieceFournie(piece["usage"], piece["ref"]) for piece in corps["pieces"])
