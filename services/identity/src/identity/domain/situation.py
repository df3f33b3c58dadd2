"""Where an agent stands on a day, read from the lines of her career."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from identity.domain.personne import Situation

Ligne = Mapping[str, Any]
NATURES_PRINCIPALES = ("poste", "tzr")


def situation_au(jour: date, agent: Ligne) -> Situation:
    """`agent` is a line of the extract."""
    carriere = _derniere(agent["carriere"], jour)
    affectation = _affectation(agent["affectations"], jour)
    return Situation(
        corps=carriere.get("corps"),
        grade=carriere.get("grade"),
        echelon=carriere.get("echelon"),
        discipline=agent["discipline"],
        etablissement=affectation.get("uai"),
    )


def _derniere(carriere: Iterable[Ligne], jour: date) -> Ligne:
    """The last one that has taken effect; an agent about to start has only her first."""
    par_date = sorted(carriere, key=lambda ligne: str(ligne["date_effet"]))
    passees = [ligne for ligne in par_date if ligne["date_effet"] <= jour.isoformat()]
    return next(iter(passees[-1:] or par_date[:1]), {})


def _affectation(affectations: Iterable[Ligne], jour: date) -> Ligne:
    """The post held that day: the main one before a shared service, the latest before an older one."""
    tenues = [ligne for ligne in affectations if _tenue(ligne, jour)]
    return max(tenues, key=lambda a: (a["nature"] in NATURES_PRINCIPALES, a["debut"]), default={})


def _tenue(affectation: Ligne, jour: date) -> bool:
    fin = affectation["fin"]
    return affectation["debut"] <= jour.isoformat() and (fin is None or fin >= jour.isoformat())
