"""CVs, elements and definitions as the other side of the wire reads them."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from babel.dates import format_date

from cv.application.vue import Vue, VueElement
from cv.domain.catalogue import Catalogue, Champ, Motif, Rubrique
from cv.domain.element import Acte, Element, PieceJointe, Version
from cv.domain.vie import Auteur

Json = dict[str, Any]
ADRESSES = {"renvoyer": "a-corriger"}


def rubrique_lue(rubrique: Rubrique) -> Json:
    return {
        "code": rubrique.code,
        "libelle": rubrique.libelle,
        "description": rubrique.description,
        "verifiable": rubrique.verifiable,
        "qui_voit": rubrique.qui_voit,
        "champs": [_champ(champ) for champ in rubrique.champs],
        "pieces": [asdict(piece) for piece in rubrique.pieces],
        "source": rubrique.source,
        "valable_du": rubrique.valable_du.isoformat(),
        "valable_au": _jour(rubrique.valable_au),
    }


def motif_lu(motif: Motif) -> Json:
    return asdict(motif)


def cv_lu(vue: Vue, catalogue: Catalogue, auteur: Auteur, jour: date) -> Json:
    """Every rubrique of the day, the empty ones included."""
    rubriques = [rubrique for rubrique in catalogue.rubriques if rubrique.vaut_le(jour)]
    return {
        "agent": vue.id,
        "rappel": catalogue.rappel,
        "rubriques": [_rubrique_du_cv(rubrique, vue, auteur) for rubrique in rubriques],
    }


def element_lu(vue: VueElement, rubrique: Rubrique, auteur: Auteur) -> Json:
    """One element as this person may see it, with what she may do."""
    return {
        "id": vue.id,
        "rubrique": vue.rubrique,
        "rubrique_libelle": rubrique.libelle,
        "verifiable": rubrique.verifiable,
        "qui_voit": rubrique.qui_voit,
        "etat": vue.etat,
        "version": vue.version,
        "rev": vue.rev,
        "valeurs": [_valeur(champ, vue.valeurs.get(champ.nom)) for champ in rubrique.champs],
        "saisie": dict(vue.valeurs),
        "pieces": [_piece(piece) for piece in vue.pieces],
        "etat_depuis": _instant(vue.etat_depuis),
        "peut": _peut(vue, rubrique, auteur),
        **_ce_qui_est_soumis(vue.element),
    }


def version_lue(element: Element, version: Version) -> Json:
    """A verified version, for the service that copies it. Raises AssertionError on another."""
    assert version.verification is not None
    return {
        "rubrique": element.rubrique,
        "valeurs": dict(version.valeurs),
        "pieces": [_piece(piece) for piece in version.pieces],
        "verifie_le": _instant(version.verification.le),
        "verifie_par": version.verification.par,
    }


def _rubrique_du_cv(rubrique: Rubrique, vue: Vue, auteur: Auteur) -> Json:
    return {
        "code": rubrique.code,
        "libelle": rubrique.libelle,
        "description": rubrique.description,
        "verifiable": rubrique.verifiable,
        "qui_voit": rubrique.qui_voit,
        "elements": [
            element_lu(element, rubrique, auteur)
            for element in vue.elements.values()
            if element.rubrique == rubrique.code
        ],
    }


def _ce_qui_est_soumis(element: Element | None) -> Json:
    """What the service did with the last version; all empty while nothing was submitted."""
    if element is None:
        return {
            "etat_soumis": None,
            "soumis_le": None,
            "echeance": None,
            "pris_par": None,
            "verification": None,
            "correction": None,
            "chronologie": [],
        }
    verification = element.derniere.verification
    correction = element.correction
    return {
        "etat_soumis": element.etat,
        "soumis_le": _instant(element.derniere.soumise_le),
        "echeance": _jour(element.echeance),
        "pris_par": element.pris_par,
        "verification": {"par": verification.par, "le": _instant(verification.le)} if verification else None,
        "correction": {**asdict(correction), "le": _instant(correction.le)} if correction else None,
        "chronologie": [_acte(acte) for acte in element.chronologie],
    }


def _peut(vue: VueElement, rubrique: Rubrique, auteur: Auteur) -> Sequence[str]:
    commandes = vue.peut(auteur)
    if not rubrique.verifiable:
        commandes = tuple(commande for commande in commandes if commande != "soumettre")
    return [ADRESSES.get(commande, commande.replace("_", "-")) for commande in commandes]


def _champ(champ: Champ) -> Json:
    return {
        "nom": champ.nom,
        "libelle": champ.libelle,
        "type": champ.type,
        "obligatoire": champ.obligatoire,
        "aide": champ.aide,
        "max": champ.max,
        "choix": [asdict(choix) for choix in champ.choix],
        "autocomplete": champ.autocomplete,
        "presente_depuis": None,
    }


def _valeur(champ: Champ, valeur: str | None) -> Json:
    return {"nom": champ.nom, "libelle": champ.libelle, "affichage": _affichage(champ, valeur)}


def _affichage(champ: Champ, valeur: str | None) -> str:
    if not valeur:
        return ""
    if champ.type == "date":
        return date_longue(date.fromisoformat(valeur))
    return champ.libelle_du_choix(valeur) if champ.type == "choix" else valeur


def date_longue(jour: date) -> str:
    """For example « 1er mars 2024 »."""
    texte: str = format_date(jour, "d MMMM y", locale="fr")
    return f"1er{texte[1:]}" if jour.day == 1 else texte


def _piece(piece: PieceJointe) -> Json:
    return {**asdict(piece), "deposee_le": _instant(piece.deposee_le)}


def _acte(acte: Acte) -> Json:
    return {**asdict(acte), "le": _instant(acte.le)}


def _instant(instant: datetime) -> str:
    return instant.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _jour(jour: date | None) -> str | None:
    return jour.isoformat() if jour else None
