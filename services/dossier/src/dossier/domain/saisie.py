"""What a person typed, checked field by field and put in one form."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

import email_validator
import phonenumbers
from stdnum import iban

from chassis.errors import ErreurDeChamp
from dossier.domain.catalogue import Cas, Champ, Valeur
from dossier.domain.erreurs import ErreurDeSaisie

PREMIERE_DATE = date(1900, 1, 1)
DERNIERE_DATE = date(2100, 12, 31)
FRANCE = "FR"
INVISIBLES = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True)
class Contexte:
    """What a value is checked against: the known countries, the entries in force, the other answers."""

    pays: Collection[str]
    entrees: Collection[str]
    reponses: Mapping[str, object]


def lire(
    cas: Cas, reponses: Mapping[str, object], contexte: Contexte
) -> tuple[dict[str, Valeur], list[ErreurDeChamp]]:
    """The answers of a case, normalised, and what is wrong with them. Unknown fields are refused."""
    valeurs: dict[str, Valeur] = {}
    connus = {champ.nom for champ in cas.champs}
    erreurs = [
        ErreurDeChamp(nom, "Cette information ne fait pas partie de la demande.")
        for nom in reponses
        if nom not in connus
    ]
    for champ in cas.champs:
        try:
            valeurs[champ.nom] = lire_champ(champ, reponses.get(champ.nom), contexte)
        except ErreurDeSaisie as erreur:
            erreurs.append(ErreurDeChamp(champ.nom, str(erreur)))
    return valeurs, erreurs


def lire_champ(champ: Champ, reponse: object, contexte: Contexte) -> Valeur:
    """Raises ErreurDeSaisie with the sentence to show."""
    texte = champ.defaut if reponse is None else str(reponse).strip()
    if not texte:
        if champ.obligatoire:
            raise ErreurDeSaisie(f"Indiquez : {_minuscule(champ.libelle)}.")
        return None
    if INVISIBLES.search(texte):
        raise ErreurDeSaisie(
            "Cette réponse contient un caractère qui ne s’affiche pas : écrivez-la de nouveau."
        )
    return LECTEURS[champ.type](texte, champ, contexte)


def lire_date(texte: str) -> date:
    """An ISO date between 1900 and 2100. Raises ErreurDeSaisie."""
    try:
        jour = date.fromisoformat(texte)
    except ValueError:
        raise ErreurDeSaisie("Cette date n’existe pas : indiquez un jour, un mois et une année.") from None
    if not PREMIERE_DATE <= jour <= DERNIERE_DATE:
        raise ErreurDeSaisie(f"Vérifiez l’année : {jour.year}.")
    return jour


def _texte(texte: str, champ: Champ, _: Contexte) -> Valeur:
    if "\n" in texte:
        raise ErreurDeSaisie("Écrivez cette réponse sur une seule ligne.")
    return _assez_court(texte, champ)


def _texte_long(texte: str, champ: Champ, _: Contexte) -> Valeur:
    return _assez_court(texte, champ)


def _assez_court(texte: str, champ: Champ) -> str:
    if len(texte) > champ.max:
        raise ErreurDeSaisie(f"Cette réponse est trop longue : {champ.max} caractères au plus.")
    return texte


def _date(texte: str, _: Champ, __: Contexte) -> Valeur:
    return lire_date(texte).isoformat()


def _code_postal(texte: str, _: Champ, contexte: Contexte) -> Valeur:
    compact = texte.replace(" ", "")
    if contexte.reponses.get("pays") not in (None, "", FRANCE):
        return _code_etranger(texte)
    if not re.fullmatch(r"\d{5}", compact):
        raise ErreurDeSaisie("Un code postal français a cinq chiffres, par exemple 69007.")
    return compact


def _code_etranger(texte: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9 -]{2,12}", texte):
        raise ErreurDeSaisie("Vérifiez ce code postal : 12 lettres ou chiffres au plus.")
    return texte


def _telephone(texte: str, _: Champ, __: Contexte) -> Valeur:
    try:
        numero = phonenumbers.parse(texte, FRANCE)
    except phonenumbers.NumberParseException:
        numero = None
    if numero is None or not phonenumbers.is_valid_number(numero):
        raise ErreurDeSaisie("Vérifiez ce numéro : par exemple 06 12 34 56 78, ou +32 470 12 34 56.")
    return str(phonenumbers.format_number(numero, phonenumbers.PhoneNumberFormat.E164))


def _courriel(texte: str, _: Champ, __: Contexte) -> Valeur:
    try:
        adresse = email_validator.validate_email(
            texte, check_deliverability=False, globally_deliverable=False
        )
    except email_validator.EmailNotValidError:
        raise ErreurDeSaisie("Vérifiez cette adresse : par exemple prenom.nom@exemple.fr.") from None
    return adresse.normalized


def _choix(texte: str, champ: Champ, _: Contexte) -> Valeur:
    if texte not in {choix.code for choix in champ.choix}:
        raise ErreurDeSaisie("Choisissez une des réponses proposées.")
    return texte


def _pays(texte: str, _: Champ, contexte: Contexte) -> Valeur:
    if texte.upper() not in contexte.pays:
        raise ErreurDeSaisie("Choisissez un pays de la liste.")
    return texte.upper()


def _iban(texte: str, _: Champ, __: Contexte) -> Valeur:
    compact = str(iban.compact(texte)).upper()
    if not iban.is_valid(compact):
        raise ErreurDeSaisie(
            "Cet IBAN n’est pas juste : recopiez-le depuis votre RIB, il commence par FR et deux chiffres."
        )
    return compact


def _entier(texte: str, champ: Champ, _: Contexte) -> Valeur:
    if not re.fullmatch(r"\d{1,6}", texte) or int(texte) > champ.max:
        raise ErreurDeSaisie(f"Indiquez un nombre entre 0 et {champ.max}.")
    return int(texte)


def _entree(texte: str, _: Champ, contexte: Contexte) -> Valeur:
    if texte not in contexte.entrees:
        raise ErreurDeSaisie("Choisissez une des lignes de cette rubrique.")
    return texte


def _minuscule(libelle: str) -> str:
    return libelle[:1].lower() + libelle[1:]


LECTEURS: Mapping[str, Callable[[str, Champ, Contexte], Valeur]] = {
    "texte": _texte,
    "texte_long": _texte_long,
    "date": _date,
    "code_postal": _code_postal,
    "telephone": _telephone,
    "courriel": _courriel,
    "choix": _choix,
    "pays": _pays,
    "iban": _iban,
    "entier": _entier,
    "entree": _entree,
}
