"""A request as its agent and its gestionnaire see it (shape C)."""

from datetime import date, datetime
from typing import Any

from chassis.clock import paris_date
from dossier.application.vues.affichage import afficher
from dossier.domain import vie
from dossier.domain.catalogue import AJOUTE, REMPLACE, Cas, Catalogue, Champ, Rubrique, Valeur, VoieDeRecours
from dossier.domain.changement import Acte, Changement, Complement, Issue, PieceJointe
from dossier.domain.dossier import Dossier
from dossier.domain.transitions import REFUSE
from dossier.domain.vie import Auteur


def changement_lu(
    dossier: Dossier, changement: Changement, catalogue: Catalogue, qui: Auteur | None
) -> dict[str, Any]:
    """`qui` None: what anybody concerned may read, without what she may do."""
    rubrique = catalogue.rubrique(changement.rubrique)
    cas = rubrique.un_cas(changement.cas, paris_date(changement.signale_le))
    return {
        "id": changement.id,
        "reference": changement.reference,
        "agent": dossier.id,
        "rubrique": rubrique.code,
        "rubrique_libelle": rubrique.libelle,
        "cas": cas.code,
        "cas_libelle": cas.libelle,
        "etat": changement.etat,
        "rev": changement.rev,
        "signale_le": instant(changement.signale_le),
        "etat_depuis": instant(changement.etat_depuis),
        "date_effet": changement.date_effet.isoformat(),
        "date_effet_libelle": cas.date_effet.libelle,
        "echeance": _jour(changement.echeance),
        "valeurs": _valeurs(dossier, changement, rubrique, cas, catalogue),
        "saisie": {champ.nom: changement.valeurs.get(champ.nom) for champ in cas.champs},
        "pieces": [_piece(piece) for piece in changement.pieces],
        "message": changement.message,
        "pris_par": changement.pris_par,
        "complement": _complement(changement.complement),
        "decision": _issue(changement.decision),
        "demande_citee": changement.demande_citee,
        "recours": _recours(changement, catalogue),
        "regle": {"source": cas.source, "valable_du": cas.valable_du.isoformat()},
        "chronologie": [_acte(acte) for acte in changement.chronologie],
        "peut": [_url(commande) for commande in vie.possibles(changement, qui)] if qui else [],
    }


def _url(commande: str) -> str:
    return commande.replace("_", "-")


def _valeurs(
    dossier: Dossier, changement: Changement, rubrique: Rubrique, cas: Cas, catalogue: Catalogue
) -> list[dict[str, Any]]:
    presentes = _presentes(dossier, changement, rubrique, cas)
    return [
        _valeur(champ, changement.valeurs.get(champ.nom), presentes.get(champ.nom), dossier, catalogue)
        for champ in _champs(changement, rubrique, cas)
    ]


def _champs(changement: Changement, rubrique: Rubrique, cas: Cas) -> list[Champ]:
    """What the agent answered, then what the case implies; a new line's own date is the date d'effet."""
    dites = {champ.nom for champ in cas.champs} | ({cas.date_effet.dans} if cas.effet == AJOUTE else set())
    implicites = [c for c in rubrique.champs if c.nom in changement.valeurs and c.nom not in dites]
    return [*cas.champs, *implicites]


def _valeur(
    champ: Champ, declaree: Valeur, presente: Valeur, dossier: Dossier, catalogue: Catalogue
) -> dict[str, Any]:
    if champ.type == "entree":
        return _entree_visee(champ, declaree, dossier, catalogue)
    return {
        "nom": champ.nom,
        "libelle": champ.libelle,
        "declaree": afficher(champ, declaree, catalogue, masque=False),
        "presente": afficher(champ, presente, catalogue),
        "change": (declaree or None) != (presente or None),
    }


def _entree_visee(champ: Champ, declaree: Valeur, dossier: Dossier, catalogue: Catalogue) -> dict[str, Any]:
    entree = dossier.entrees.get(str(declaree))
    texte = ""
    if entree is not None:
        rubrique = catalogue.rubrique(entree.rubrique)
        valeurs = [afficher(c, entree.valeurs.get(c.nom), catalogue) for c in rubrique.champs]
        texte = ", ".join(valeur for valeur in valeurs if valeur)
    return {"nom": champ.nom, "libelle": champ.libelle, "declaree": texte, "presente": texte, "change": False}


def _presentes(dossier: Dossier, changement: Changement, rubrique: Rubrique, cas: Cas) -> dict[str, Valeur]:
    """What the file said without this request: an accepted one is left out, so the page stays true."""
    if cas.effet != REMPLACE:
        return {}
    jour = paris_date(changement.etat_depuis)
    valeurs: dict[str, Valeur] = {}
    for chaine in dossier.chaines(rubrique.code)[-1:]:
        for entree in chaine.entrees:
            if entree.decision and entree.decision.changement_id == changement.id:
                break
            if entree.a_commence(jour):
                valeurs.update(entree.valeurs)
    return valeurs


def _piece(piece: PieceJointe) -> dict[str, Any]:
    return {
        "n": piece.n,
        "usage": piece.usage,
        "libelle": piece.libelle,
        "nom": piece.nom,
        "type": piece.type,
        "taille": piece.taille,
        "pages": piece.pages,
        "analyse": piece.analyse,
        "deposee_le": instant(piece.deposee_le),
        "sha256": piece.sha256,
    }


def _complement(complement: Complement | None) -> dict[str, Any] | None:
    if complement is None:
        return None
    return {
        "motif": complement.motif,
        "modele": complement.modele,
        "par": complement.par,
        "le": instant(complement.le),
        "avant": _jour(complement.avant),
    }


def _issue(issue: Issue | None) -> dict[str, Any] | None:
    if issue is None:
        return None
    return {
        "nature": issue.nature,
        "motif": issue.motif,
        "modele": issue.modele,
        "par": issue.par,
        "le": instant(issue.le),
    }


def _recours(changement: Changement, catalogue: Catalogue) -> list[dict[str, Any]]:
    if changement.etat != REFUSE or changement.decision is None:
        return []
    decide = paris_date(changement.decision.le)
    return [
        {"titre": voie.titre, "texte": voie.texte, "delai": _limite(voie, decide), "source": voie.source}
        for voie in catalogue.recours
    ]


def _limite(voie: VoieDeRecours, decide: date) -> str | None:
    return voie.dernier_jour(decide).isoformat() if voie.delai_mois else None


def _acte(acte: Acte) -> dict[str, Any]:
    return {
        "acte": acte.acte,
        "etat": acte.etat,
        "par": acte.par,
        "le": instant(acte.le),
        "motif": acte.motif,
    }


def instant(moment: datetime) -> str:
    """UTC, to the millisecond."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _jour(jour: date | None) -> str | None:
    return jour.isoformat() if jour else None
