"""Forms kept: after an expired session, before « Vérifier », or as a draft."""

from datetime import datetime, timedelta

from flask import g, request

from chassis.ids import derived_id
from gateway.application.formulaires import KEPT, FormulaireGarde
from gateway.application.saisie import Saisie
from gateway.entrypoints.http.application import application
from gateway.entrypoints.http.moi import personne_id

REPRISE = "reprise"
DRAFT_KEPT = timedelta(days=30)


def kept_form(name: str = REPRISE) -> Saisie | None:
    """The form this address refers to, if it is this person's and of this very page; the page says so."""
    id = request.args.get(name, "")
    kept = _get(id) if id else None
    if kept is None or kept.chemin != request.path:
        return None
    g.repris = name == REPRISE
    return Saisie.of(kept.champs)


def keep(saisie: Saisie) -> str:
    """Keeps a form half an hour and gives the id that brings it back."""
    id = application().ids.new()
    _keep(id, saisie, KEPT)
    return id


def keep_draft(saisie: Saisie) -> None:
    drop_draft()
    _keep(_draft_id(), saisie, DRAFT_KEPT)


def draft() -> tuple[Saisie, datetime] | None:
    """The draft of this page and when it was kept."""
    kept = _get(_draft_id())
    return (Saisie.of(kept.champs), kept.expire_le - DRAFT_KEPT) if kept else None


def drop_draft() -> None:
    application().formulaires.drop(_draft_id())


def _keep(id: str, saisie: Saisie, during: timedelta) -> None:
    wired = application()
    until = wired.clock.now() + during
    wired.formulaires.keep(FormulaireGarde(id, personne_id(), request.path, saisie.en_champs(), until))


def _get(id: str) -> FormulaireGarde | None:
    wired = application()
    return wired.formulaires.get(id, personne_id(), wired.clock.now())


def _draft_id() -> str:
    return derived_id("brouillon", personne_id(), request.path)
