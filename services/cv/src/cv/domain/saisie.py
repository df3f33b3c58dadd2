"""What a person typed, checked field by field and put in one form."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from chassis.errors import ErreurDeChamp
from cv.domain.catalogue import Champ, Rubrique
from cv.domain.element import PieceJointe, Valeurs

PREMIERE_DATE = date(1900, 1, 1)
DERNIERE_DATE = date(2100, 12, 31)
INVISIBLES = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class ErreurDeSaisie(ValueError):
    """One value does not hold; the text is what to write to the person."""


def lire(
    rubrique: Rubrique, reponses: Mapping[str, object], jour: date
) -> tuple[Valeurs, list[ErreurDeChamp]]:
    """The answers, normalised, and what is wrong with them. A draft may leave questions unanswered."""
    valeurs: Valeurs = {}
    erreurs = [
        ErreurDeChamp(nom, "Cette information ne fait pas partie de la rubrique.")
        for nom in reponses
        if rubrique.champ(nom) is None
    ]
    for champ in rubrique.champs:
        try:
            valeurs[champ.nom] = _lire_champ(champ, reponses.get(champ.nom), jour)
        except ErreurDeSaisie as erreur:
            erreurs.append(ErreurDeChamp(champ.nom, str(erreur)))
    return valeurs, erreurs + _dates_inversees(rubrique, valeurs)


def erreurs_de_completude(
    rubrique: Rubrique, valeurs: Valeurs, pieces: Sequence[PieceJointe]
) -> list[ErreurDeChamp]:
    """What is missing before this may be submitted; each message names what to add."""
    manques = [
        ErreurDeChamp(champ.nom, f"Indiquez : {_minuscule(champ.libelle)}.")
        for champ in rubrique.champs
        if champ.obligatoire and not valeurs.get(champ.nom)
    ]
    recues = {piece.usage for piece in pieces}
    return manques + [
        ErreurDeChamp(f"pieces.{piece.usage}", f"Joignez la pièce obligatoire : {piece.libelle}.")
        for piece in rubrique.pieces
        if piece.obligatoire and piece.usage not in recues
    ]


def erreurs_de_pieces(rubrique: Rubrique, usages: Sequence[str]) -> list[ErreurDeChamp]:
    """Too many pieces, or one this rubrique does not expect."""
    erreurs = []
    for usage, nombre in Counter(usages).items():
        attendue = rubrique.piece(usage)
        if attendue is None:
            erreurs.append(
                ErreurDeChamp(f"pieces.{usage}", "Cette pièce n’est pas prévue pour cette rubrique.")
            )
        elif nombre > attendue.max:
            erreurs.append(
                ErreurDeChamp(f"pieces.{usage}", f"{attendue.libelle} : {attendue.max} fichier(s) au plus.")
            )
    return erreurs


def _lire_champ(champ: Champ, reponse: object, jour: date) -> str | None:
    texte = "" if reponse is None else str(reponse).strip().replace("\r\n", "\n")
    if not texte:
        return None
    if INVISIBLES.search(texte):
        raise ErreurDeSaisie(
            "Cette réponse contient un caractère qui ne s’affiche pas : écrivez-la de nouveau."
        )
    if champ.type == "date":
        return _lire_date(champ, texte, jour)
    if champ.type == "choix":
        return _lire_choix(champ, texte)
    return _lire_texte(champ, texte)


def _lire_date(champ: Champ, texte: str, jour: date) -> str:
    try:
        lue = date.fromisoformat(texte)
    except ValueError:
        raise ErreurDeSaisie("Cette date n’existe pas : indiquez un jour, un mois et une année.") from None
    if not PREMIERE_DATE <= lue <= DERNIERE_DATE:
        raise ErreurDeSaisie(f"Vérifiez l’année : {lue.year}.")
    if champ.passe and lue > jour:
        raise ErreurDeSaisie("Cette date est dans le futur. Indiquez une date passée.")
    return lue.isoformat()


def _lire_choix(champ: Champ, texte: str) -> str:
    if texte not in {choix.code for choix in champ.choix}:
        raise ErreurDeSaisie("Choisissez une des réponses proposées.")
    return texte


def _lire_texte(champ: Champ, texte: str) -> str:
    if champ.type == "texte" and "\n" in texte:
        raise ErreurDeSaisie("Écrivez cette réponse sur une seule ligne.")
    if len(texte) > champ.max:
        raise ErreurDeSaisie(f"Cette réponse est trop longue : {champ.max} caractères au plus.")
    return texte


def _dates_inversees(rubrique: Rubrique, valeurs: Valeurs) -> list[ErreurDeChamp]:
    erreurs = []
    for champ in rubrique.champs:
        debut, fin = valeurs.get(champ.apres or ""), valeurs.get(champ.nom)
        if debut and fin and fin < debut:
            erreurs.append(ErreurDeChamp(champ.nom, "La fin est avant le début : vérifiez les deux dates."))
    return erreurs


def _minuscule(libelle: str) -> str:
    return libelle[:1].lower() + libelle[1:]
