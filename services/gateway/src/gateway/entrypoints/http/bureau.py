"""Home: the teacher's bureau, the gestionnaire's queue, the page of the other roles; what is to come."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from flask import Blueprint, redirect
from werkzeug.wrappers import Response

from chassis.errors import ErreurApplicative
from gateway.application.vues import bureau as vues
from gateway.application.vues.demandes import demandes as vues_demandes
from gateway.application.vues.libelles import Libelles, jours_ouvres
from gateway.application.vues.personnes import ROLES, Vue
from gateway.entrypoints.http.application import application, service
from gateway.entrypoints.http.gardes import ENSEIGNANT, GESTIONNAIRE, connecte
from gateway.entrypoints.http.moi import identite, mon_correspondant, personne_id, role
from gateway.entrypoints.http.pages import rendre, unread

blueprint = Blueprint("bureau", __name__)
T = TypeVar("T")
LIVE_TIMEOUT = (0.5, 1.0)


@blueprint.get("/bureau")
@connecte()
def bureau() -> Response | tuple[str, int]:
    mine = role()
    if mine == GESTIONNAIRE:
        return redirect("/file")
    if mine != ENSEIGNANT:
        return rendre("role.html", role=_role(mine))
    return rendre("bureau.html", bureau=vue_bureau())


@blueprint.get("/perspectives")
@connecte()
def perspectives() -> tuple[str, int]:
    return _a_venir("perspectives")


@blueprint.get("/services")
@connecte()
def services() -> tuple[str, int]:
    return _a_venir("services")


@blueprint.get("/guides")
@connecte()
def guides() -> tuple[str, int]:
    return _a_venir("guides")


def vue_bureau(*, whole: bool = True) -> Vue:
    """Each part is read on its own: one that fails takes nothing else with it.

    What never changes live is only read for the whole page.
    """
    who: Mapping[str, Any] = attempt(identite) or {}
    agent = personne_id()
    dossier = attempt(lambda: service("dossier").get(f"/dossiers/{agent}").json())
    seen = (
        attempt(lambda: service("dossier").get(f"/dossiers/{agent}/consultations").json()) if whole else None
    )
    return vues.bureau(
        who,
        dossier,
        attempt(mes_demandes),
        attempt(unread),
        None if seen is None else len(seen["consultations"]),
        delai_reponse(),
        frozenset(name for name in ("courrier", "cv") if not answers(name)),
    )


def answers(name: str) -> bool:
    """Whether this service is there; a hung one is not waited for."""
    return attempt(lambda: service(name).get("/live", timeout=LIVE_TIMEOUT)) is not None


def delai_reponse() -> str | None:
    """In how many working days an answer is usual, in words."""
    return jours_ouvres(application().definitions.delai_reponse(service("dossier")))


def consultations(agent: str) -> list[Mapping[str, Any]]:
    """Who opened this agent's file, when and why."""
    found: list[Mapping[str, Any]] = (
        service("dossier").get(f"/dossiers/{agent}/consultations").json()["consultations"]
    )
    return found


def mes_demandes() -> list[Vue]:
    return demandes_de(personne_id())


def demandes_de(agent: str) -> list[Vue]:
    """Every request of an agent, from our own lines: true even while dossier or cv are down."""
    wired = application()
    lines = wired.lignes.demandes(agent)
    return vues_demandes(lines, mots(), wired.annuaire.noms(line["pris_par"] for line in lines))


def mots() -> Libelles:
    return application().definitions.libelles(service("dossier"), service("cv"))


def attempt(read: Callable[[], T]) -> T | None:
    """None when the part does not answer."""
    try:
        return read()
    except ErreurApplicative:
        return None


def _a_venir(cle: str) -> tuple[str, int]:
    return rendre("a-venir.html", avenir={"cle": cle, "correspondant": mon_correspondant()})


def _role(mine: str) -> Vue:
    who = attempt(identite) or {}
    return {
        "libelle": ROLES.get(mine, "Votre rôle"),
        "perimetre": who.get("perimetre") or "",
        "ouvert": [
            {"libelle": "Les guides", "lien": "/guides"},
            {"libelle": "Votre compte", "lien": "/compte"},
        ],
    }
