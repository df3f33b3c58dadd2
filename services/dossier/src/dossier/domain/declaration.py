"""A report as it arrives: its values, its date, its files, checked together before anything is written."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from chassis.errors import DonneesInvalides, ErreurDeChamp
from dossier.domain.catalogue import CLOT, Cas, Rubrique, Valeur
from dossier.domain.changement import PieceJointe
from dossier.domain.erreurs import ErreurDeSaisie
from dossier.domain.saisie import Contexte, lire, lire_date

MESSAGE_MAX = 500


@dataclass(frozen=True)
class Declaration:
    """What the agent says. `reponses` and `date_effet` are raw; `pieces` come with it, `deja` came before."""

    rubrique: Rubrique
    cas: Cas
    reponses: Mapping[str, object]
    date_effet: str
    pieces: Sequence[PieceJointe]
    message: str = ""
    demande_citee: str | None = None
    deja: Sequence[PieceJointe] = ()


@dataclass(frozen=True)
class Verifiee:
    """A declaration that holds."""

    valeurs: dict[str, Valeur]
    date_effet: date


def verifier(declaration: Declaration, contexte: Contexte, naissance: date | None, jour: date) -> Verifiee:
    """Raises DonneesInvalides naming every field that is wrong."""
    cas = declaration.cas
    valeurs, erreurs = lire(cas, declaration.reponses, contexte)
    date_effet, erreurs_de_date = _lire_date_effet(declaration, naissance, jour)
    erreurs += erreurs_de_date + _erreurs_de_pieces(declaration) + _erreurs_de_message(declaration)
    if erreurs or date_effet is None:
        raise DonneesInvalides(erreurs)
    return Verifiee(completees(cas, valeurs, date_effet), date_effet)


def completees(cas: Cas, valeurs: Mapping[str, Valeur], date_effet: date) -> dict[str, Valeur]:
    """The values with those the case implies."""
    implicites: dict[str, Valeur] = dict(cas.fixe)
    if cas.date_effet.dans:
        implicites[cas.date_effet.dans] = date_effet.isoformat()
    return {**valeurs, **implicites}


def _erreurs_de_pieces(declaration: Declaration) -> list[ErreurDeChamp]:
    """What is missing, too many or unexpected; each message names the piece.

    A piece sent again after a complement stands beside the first one: only this sending counts for `max`.
    """
    cas, deja = declaration.cas, {piece.usage for piece in declaration.deja}
    nombre = Counter(piece.usage for piece in declaration.pieces)
    erreurs = [
        ErreurDeChamp(f"pieces.{usage}", "Cette pièce n’est pas prévue pour ce changement.")
        for usage in nombre
        if cas.piece(usage) is None
    ]
    for attendue in cas.pieces:
        recues = nombre[attendue.usage]
        if attendue.obligatoire and not recues and attendue.usage not in deja:
            erreurs.append(
                ErreurDeChamp(
                    f"pieces.{attendue.usage}", f"Joignez la pièce obligatoire : {attendue.libelle}."
                )
            )
        if recues > attendue.max:
            erreurs.append(
                ErreurDeChamp(
                    f"pieces.{attendue.usage}", f"{attendue.libelle} : {attendue.max} fichier(s) au plus."
                )
            )
    return erreurs


def _lire_date_effet(
    declaration: Declaration, naissance: date | None, jour: date
) -> tuple[date | None, list[ErreurDeChamp]]:
    try:
        lue = lire_date(declaration.date_effet.strip()) if declaration.date_effet else None
        if lue is None:
            raise ErreurDeSaisie(f"Indiquez : {declaration.cas.date_effet.libelle.lower()}.")
        _refuser_hors_limites(lue, declaration.cas, naissance, jour)
    except ErreurDeSaisie as erreur:
        return None, [ErreurDeChamp("date_effet", str(erreur))]
    return lue, []


def _refuser_hors_limites(lue: date, cas: Cas, naissance: date | None, jour: date) -> None:
    limite = jour + timedelta(days=cas.date_effet.future_max_jours)
    if lue > limite:
        raise ErreurDeSaisie(_trop_tard(lue, jour, cas.date_effet.future_max_jours))
    if naissance is not None and lue < naissance:
        raise ErreurDeSaisie("Cette date est avant votre naissance : vérifiez l’année.")


def _trop_tard(lue: date, jour: date, future_max_jours: int) -> str:
    if future_max_jours:
        return f"Cette date est trop lointaine : {future_max_jours} jours à l’avance au plus."
    if lue.year > jour.year:
        return f"L’année est dans le futur : {lue.year}. Indiquez une date passée."
    return "Cette date est dans le futur. Indiquez une date passée."


def _erreurs_de_message(declaration: Declaration) -> list[ErreurDeChamp]:
    if len(declaration.message) <= MESSAGE_MAX:
        return []
    return [ErreurDeChamp("message", f"Ce message est trop long : {MESSAGE_MAX} caractères au plus.")]


def entree_visee(cas: Cas, valeurs: Mapping[str, Valeur]) -> str | None:
    """The entry this report is about, when the case names one."""
    noms = [champ.nom for champ in cas.champs if champ.type == "entree"]
    visee = valeurs.get(noms[0]) if noms else None
    return str(visee) if visee and cas.effet == CLOT else None
