"""What people and services read of identity."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from chassis.clock import paris_date
from chassis.commands import Acteur
from chassis.consultations import Consultations
from chassis.errors import Interdit, Introuvable
from contracts import perimetre
from identity.application import etat_public
from identity.application.fiches import Fiches
from identity.application.ports import Etablissements, Personnes, Portefeuilles
from identity.domain.droits import peut_voir
from identity.domain.nomenclatures import Nomenclatures
from identity.domain.noms import jetons_cherches
from identity.domain.personne import AGENT, Personne
from identity.domain.portefeuille import Portefeuille

INCONNU = "Cette page n’existe pas ou ne vous est pas ouverte."
PAR_PAGE = 25
REFUS = "refus"


@dataclass(frozen=True)
class Sources:
    personnes: Personnes
    portefeuilles: Portefeuilles
    etablissements: Etablissements
    nomenclatures: Nomenclatures
    consultations: Consultations

    def fiches(self, jour: date) -> Fiches:
        return Fiches(self.personnes, self.portefeuilles, self.etablissements, self.nomenclatures, jour)


@dataclass(frozen=True)
class Recherche:
    """`page` counts from 1; `portefeuille` restricts to one of hers."""

    question: str = ""
    portefeuille: str | None = None
    page: int = 1
    par_page: int = PAR_PAGE


def moi(acteur: Acteur, sources: Sources, jour: date) -> dict[str, Any]:
    """Raises Introuvable when identity does not know the person of the token."""
    personne = _personne(acteur.id, sources)
    return sources.fiches(jour).de_soi(personne)


def agent(acteur: Acteur, id: str, sources: Sources, now: datetime) -> tuple[dict[str, Any], int]:
    """The card of an agent and its revision.

    Raises Introuvable when she may not be seen; the refusal is kept before it is given.
    """
    jour = paris_date(now)
    lecteur = _personne(acteur.id, sources)
    vu = sources.personnes.de([id]).get(id)
    if vu is None or not _visible(lecteur, vu, sources, jour):
        sources.consultations.record(id, lecteur.id, ",".join(sorted(acteur.roles)), REFUS, now)
        raise Introuvable(INCONNU)
    return sources.fiches(jour).complete(vu), vu.rev


def agents(acteur: Acteur, recherche: Recherche, sources: Sources, jour: date) -> dict[str, Any]:
    """The agents of the portefeuilles a gestionnaire works on that day, by name.

    Raises Introuvable for a portefeuille that is not hers, Interdit when her account is closed.
    """
    gestionnaire = _personne(acteur.id, sources)
    if not gestionnaire.compte_actif:
        raise Interdit("Votre compte est désactivé. Adressez-vous à votre administrateur.")
    tenus = portefeuilles_tenus(gestionnaire, sources, jour)
    if recherche.portefeuille is not None:
        tenus = [p for p in tenus if p.id == recherche.portefeuille]
        if not tenus:
            raise Introuvable(INCONNU)
    return _page(recherche, [p.id for p in tenus], sources, jour)


def noms(ids: Sequence[str], sources: Sources, jour: date) -> dict[str, Any]:
    """Names for the lines another service shows; an unknown id is left out."""
    return sources.fiches(jour).noms(sources.personnes.de(ids).values())


def portefeuilles_tenus(personne: Personne, sources: Sources, jour: date) -> list[Portefeuille]:
    """Those she is titular of or substitutes for on that day."""
    tous = sources.portefeuilles.tous(personne.academie)
    return [p for p in tous if perimetre.tient(personne.id, etat_public.du_portefeuille(p), jour)]


def _page(recherche: Recherche, portefeuilles: Iterable[str], sources: Sources, jour: date) -> dict[str, Any]:
    jetons = jetons_cherches(recherche.question)
    sans_lettre = bool(recherche.question.strip()) and not jetons
    trouves = (
        []
        if sans_lettre
        else sorted(ligne for id in portefeuilles for ligne in sources.personnes.trouvees(id, jetons))
    )
    debut = (recherche.page - 1) * recherche.par_page
    ids = [id for _, id in trouves[debut : debut + recherche.par_page]]
    return {
        "agents": sources.fiches(jour).lignes(_dans_l_ordre(ids, sources.personnes.de(ids))),
        "total": len(trouves),
        "page": recherche.page,
        "pages": -(-len(trouves) // recherche.par_page),
    }


def _dans_l_ordre(ids: Sequence[str], personnes: Mapping[str, Personne]) -> list[Personne]:
    return [personnes[id] for id in ids if id in personnes]


def _visible(lecteur: Personne, vu: Personne, sources: Sources, jour: date) -> bool:
    if vu.nature != AGENT:
        return lecteur.id == vu.id
    portefeuilles = {p.id: p for p in sources.portefeuilles.tous(vu.academie)}
    sien = portefeuilles.get(vu.portefeuille_id or "")
    return peut_voir(
        etat_public.de_la_personne(lecteur),
        etat_public.de_la_personne(vu),
        etat_public.du_portefeuille(sien) if sien else None,
        jour,
    )


def _personne(id: str, sources: Sources) -> Personne:
    personne = sources.personnes.de([id]).get(id)
    if personne is None:
        raise Introuvable(INCONNU)
    return personne
