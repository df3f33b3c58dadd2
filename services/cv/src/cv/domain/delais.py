"""Days on which the service answers, and the last day to answer."""

from collections.abc import Collection
from datetime import date, timedelta

SAMEDI = 5


def apres_jours_ouvres(depart: date, nombre: int, feries: Collection[date]) -> date:
    """The day that comes `nombre` working days after `depart` (not counted)."""
    jour = depart
    while nombre > 0:
        jour += timedelta(days=1)
        if jour.weekday() < SAMEDI and jour not in feries:
            nombre -= 1
    return jour
