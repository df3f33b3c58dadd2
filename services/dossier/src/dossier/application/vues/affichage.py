"""One value as a person reads it, in French."""

import re
from collections.abc import Callable, Mapping
from datetime import date

import phonenumbers

from dossier.domain.catalogue import Catalogue, Champ, Rubrique, Valeur

MOIS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
INSECABLE = "\u00a0"


def date_longue(jour: date) -> str:
    """For example « 1er mars 1977 »."""
    quantieme = "1er" if jour.day == 1 else str(jour.day)
    return f"{quantieme}{INSECABLE}{MOIS[jour.month - 1]} {jour.year}"


def afficher(champ: Champ, valeur: Valeur, catalogue: Catalogue, *, masque: bool = True) -> str:
    """The text of a value; empty when there is none. `masque`: an IBAN keeps only its ends."""
    if valeur is None or valeur == "":
        return ""
    if champ.type == "iban":
        return _iban(str(valeur), masque)
    return AFFICHEURS.get(champ.type, _tel_quel)(champ, valeur, catalogue)


def resume(rubrique: Rubrique, valeurs: Mapping[str, Valeur], catalogue: Catalogue) -> str:
    """The one-line form of an entry, without what is missing."""
    textes = {champ.nom: afficher(champ, valeurs.get(champ.nom), catalogue) for champ in rubrique.champs}
    morceaux = [_remplir(morceau, textes) for morceau in rubrique.resume.split(", ")]
    return ", ".join(morceau for morceau in morceaux if morceau)


def masquer_numen(numen: str) -> str:
    """`10E09•••••BLX`: the form a person recognises, which gives nothing away."""
    return f"{numen[:5]}•••••{numen[-3:]}"


def enumerer(textes: list[str]) -> str:
    """« a, b et c »."""
    return textes[0] if len(textes) == 1 else f"{', '.join(textes[:-1])} et {textes[-1]}"


def _remplir(morceau: str, textes: Mapping[str, str]) -> str:
    noms = re.findall(r"\{(\w+)\}", morceau)
    if noms and not any(textes.get(nom) for nom in noms):
        return ""
    return _jusqu_au_manque(morceau, textes).format_map(textes).strip()


def _jusqu_au_manque(morceau: str, textes: Mapping[str, str]) -> str:
    """« {etat} depuis le {depuis} » without a date is « {etat} »: words that lead to nothing are not said."""
    parties = re.split(r"(\{\w+\})", morceau)
    for rang in range(3, len(parties), 2):
        if not textes.get(parties[rang][1:-1]):
            return "".join(parties[: rang - 1])
    return morceau


def _iban(iban: str, masque: bool) -> str:
    if masque:
        return f"{iban[:4]} •••• •••• {iban[-4:]}"
    return " ".join(iban[debut : debut + 4] for debut in range(0, len(iban), 4))


def _date(_: Champ, valeur: Valeur, __: Catalogue) -> str:
    return date_longue(date.fromisoformat(str(valeur)))


def _choix(champ: Champ, valeur: Valeur, _: Catalogue) -> str:
    return champ.libelle_du_choix(str(valeur))


def _pays(_: Champ, valeur: Valeur, catalogue: Catalogue) -> str:
    return catalogue.pays.get(str(valeur), str(valeur))


def _telephone(_: Champ, valeur: Valeur, __: Catalogue) -> str:
    try:
        numero = phonenumbers.parse(str(valeur), "FR")
    except phonenumbers.NumberParseException:
        return str(valeur)
    francais = numero.country_code == 33
    forme = (
        phonenumbers.PhoneNumberFormat.NATIONAL if francais else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
    return str(phonenumbers.format_number(numero, forme))


def _booleen(_: Champ, valeur: Valeur, __: Catalogue) -> str:
    return "Oui" if valeur else "Non"


def _tel_quel(_: Champ, valeur: Valeur, __: Catalogue) -> str:
    return str(valeur)


AFFICHEURS: Mapping[str, Callable[[Champ, Valeur, Catalogue], str]] = {
    "date": _date,
    "choix": _choix,
    "pays": _pays,
    "telephone": _telephone,
    "booleen": _booleen,
}
