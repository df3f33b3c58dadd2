"""Who is signed in and what she works on, remembered a minute in her session."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from flask import g

from chassis.clock import paris_date
from chassis.errors import Indisponible, Introuvable
from contracts.perimetre import compte_actif, portefeuilles_de
from gateway.application.vues.personnes import Vue, correspondant, moi, role_principal
from gateway.entrypoints.http.application import application, service
from gateway.entrypoints.http.gardes import current_session

KEPT = timedelta(minutes=1)


def personne_id() -> str:
    titulaire = current_session().titulaire
    assert titulaire is not None, "the page's guard let somebody in without a session"
    return titulaire.personne_id


def identite() -> Mapping[str, Any]:
    """Identity's answer about this person; the last one while identity is down.

    Raises Indisponible when there never was one.
    """
    if "identite" not in g:
        g.identite = _identite()
    found: Mapping[str, Any] = g.identite
    return found


def entete() -> Vue | None:
    """What the header says; the role alone when identity was never reached, or knows nobody by this id."""
    session = current_session()
    if session.titulaire is None:
        return None
    try:
        return moi(identite())
    except (Indisponible, Introuvable):
        return {
            "personne_id": session.titulaire.personne_id,
            "civilite": "",
            "prenom": "",
            "nom": "Votre compte",
            "role": role_principal(session.titulaire.roles),
            "role_libelle": "",
            "academie_libelle": "",
            "service": None,
        }


def mon_correspondant() -> Vue | None:
    try:
        return correspondant(identite().get("correspondant"))
    except (Indisponible, Introuvable):
        return None


def mes_portefeuilles() -> frozenset[str]:
    """Those this gestionnaire holds or substitutes today, from the gateway's own copy; none once her
    account is closed."""
    wired = application()
    if not compte_actif(wired.rattachements.get(personne_id())):
        return frozenset()
    return portefeuilles_de(personne_id(), wired.portefeuilles.find(), paris_date(wired.clock.now()))


def gere(agent: str) -> bool:
    """Whether this agent is in one of her portefeuilles, from the gateway's own copy."""
    known = application().rattachements.get(agent)
    return known is not None and known.get("portefeuille_id") in mes_portefeuilles()


def role() -> str:
    titulaire = current_session().titulaire
    return role_principal(titulaire.roles) if titulaire else ""


def _identite() -> Mapping[str, Any]:
    session, now = current_session(), application().clock.now()
    kept = session.get("identite")
    if kept and now - datetime.fromisoformat(session["identite_le"]) < KEPT:
        return dict(kept)
    try:
        found: dict[str, Any] = service("identity").get("/moi").json()
    except Indisponible:
        if kept:
            return dict(kept)
        raise
    session["identite"], session["identite_le"] = found, now.isoformat()
    return found
