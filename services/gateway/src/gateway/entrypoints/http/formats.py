"""How dates, sizes and names are written for French readers: pure functions, used as Jinja filters.

Dates come as `date`/`datetime` objects or as the ISO strings of the services; moments are shown in
Paris time. `None` and `""` give `""`, so that a template may show what is missing without a test.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal

PARIS = ZoneInfo("Europe/Paris")
INSECABLE = "\u00a0"
LANGUE = "fr_FR"

Jour = date | datetime | str | None
Personne = Mapping[str, Any] | None


def _moment(valeur: Jour) -> date | datetime | None:
    if isinstance(valeur, str) and valeur:
        valeur = datetime.fromisoformat(valeur) if len(valeur) > 10 else date.fromisoformat(valeur)
    if isinstance(valeur, datetime):
        return valeur.astimezone(PARIS)
    return valeur or None


def _jour(valeur: Jour) -> date | None:
    moment = _moment(valeur)
    return moment.date() if isinstance(moment, datetime) else moment


def _ecrire(jour: date, modele: str) -> str:
    numero = "1er" if jour.day == 1 else str(jour.day)
    return f"{numero} {format_date(jour, modele, locale=LANGUE)}"


def date_longue(valeur: Jour) -> str:
    """« 24 novembre 2026 », « 1er décembre 2026 »."""
    jour = _jour(valeur)
    return _ecrire(jour, "MMMM y") if jour else ""


def date_courte(valeur: Jour) -> str:
    """« 24 nov. 2026 », for tables only."""
    jour = _jour(valeur)
    return _ecrire(jour, "MMM y") if jour else ""


def jour_mois(valeur: Jour) -> str:
    """« 24 nov. », where the year is obvious."""
    jour = _jour(valeur)
    return _ecrire(jour, "MMM") if jour else ""


def heure(valeur: Jour) -> str:
    """« 15 h 12 » in Paris; `""` for a day without a time."""
    moment = _moment(valeur)
    if not isinstance(moment, datetime):
        return ""
    return f"{moment.hour}{INSECABLE}h{INSECABLE}{moment.minute:02d}"


def date_heure(valeur: Jour) -> str:
    """« 24 novembre 2026 à 15 h 12 »."""
    quand = heure(valeur)
    return f"{date_longue(valeur)} à {quand}" if quand else date_longue(valeur)


def iso(valeur: Jour) -> str:
    """For `<time datetime>`: Paris time, to the minute."""
    moment = _moment(valeur)
    if isinstance(moment, datetime):
        return moment.isoformat(timespec="minutes")
    return moment.isoformat() if moment else ""


def jours_jusqua(valeur: Jour, aujourdhui: date) -> int:
    """Days from today to this day; negative when it has passed."""
    jour = _jour(valeur)
    return (jour - aujourdhui).days if jour else 0


def nombre(valeur: int | float | Decimal | None) -> str:
    """Decimal comma, narrow spaces between thousands: « 2,4 », « 1 204 »."""
    return "" if valeur is None else format_decimal(valeur, locale=LANGUE)


def taille(octets: int | None) -> str:
    """« 312 Ko », « 1,2 Mo »: decimal units, as file managers show them."""
    if octets is None:
        return ""
    if octets < 1000:
        return f"{octets}{INSECABLE}octet{'s' if octets > 1 else ''}"
    if octets < 1_000_000:
        return f"{round(octets / 1000)}{INSECABLE}Ko"
    return f"{nombre(round(octets / 1_000_000, 1))}{INSECABLE}Mo"


def pluriel(combien: int, singulier: str, plusieurs: str | None = None) -> str:
    """« 1 message », « 2 messages » (0 is singular in French)."""
    mot = singulier if abs(combien) < 2 else plusieurs or f"{singulier}s"
    return f"{nombre(combien)}{INSECABLE}{mot}"


def numen_masque(numen: str | None) -> str:
    """First five and last three characters only: « 10E09•••••SST »."""
    return f"{numen[:5]}•••••{numen[-3:]}" if numen and len(numen) > 8 else ""


def iban_masque(iban: str | None) -> str:
    """« FR84 •••• •••• 0792 »."""
    serre = (iban or "").replace(" ", "")
    return f"{serre[:4]} •••• •••• {serre[-4:]}".replace(" ", INSECABLE) if len(serre) > 8 else ""


def nom_complet(personne: Personne) -> str:
    """« René Dupont »; « un agent du service » when identity did not give the name."""
    if not personne or not personne.get("nom"):
        return "un agent du service"
    return f"{personne.get('prenom') or ''} {personne['nom']}".strip()


def nom_civil(personne: Personne) -> str:
    """« M. Dupont »."""
    if not personne or not personne.get("nom"):
        return "l’agent"
    civilite = personne.get("civilite")
    return f"{civilite}{INSECABLE}{personne['nom']}" if civilite else nom_complet(personne)


def initiales(personne: Personne) -> str:
    """« RD »; « ? » when the name is unknown."""
    lettres = [str(personne.get(mot) or "")[:1] for mot in ("prenom", "nom")] if personne else []
    return "".join(lettres).upper() or "?"


def en_phrase(libelle: str | None) -> str:
    """A label inside a sentence: « Situation familiale » → « situation familiale », « PACS » unchanged."""
    mot = libelle or ""
    return mot if mot[1:2].isupper() else mot[:1].lower() + mot[1:]


FILTRES: dict[str, Callable[..., Any]] = {
    fonction.__name__: fonction
    for fonction in (
        date_longue,
        date_courte,
        jour_mois,
        heure,
        date_heure,
        iso,
        jours_jusqua,
        nombre,
        taille,
        pluriel,
        numen_masque,
        iban_masque,
        nom_complet,
        nom_civil,
        initiales,
        en_phrase,
    )
}
