"""The file as its reader sees it (shape B)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from dossier.application.vues.affichage import afficher, enumerer, masquer_numen, resume
from dossier.application.vues.changement import instant
from dossier.domain.catalogue import Catalogue, Rubrique, Valeur
from dossier.domain.changement import Changement
from dossier.domain.dossier import Dossier
from dossier.domain.entrees import BASE, Chaine, Decision, Entree

RIEN = "Aucune information enregistrée"


def dossier_lu(dossier: Dossier, catalogue: Catalogue, jour: date) -> dict[str, Any]:
    rubriques = [rubrique_lue(dossier, rubrique, catalogue, jour) for rubrique in catalogue.rubriques]
    return {
        "agent": dossier.id,
        "academie": dossier.academie,
        "a_jour_au": dossier.arrete_au.isoformat(),
        "origine": dossier.base,
        "numen_masque": masquer_numen(dossier.numen),
        "completude": _completude(rubriques),
        "rubriques": rubriques,
    }


def rubrique_lue(dossier: Dossier, rubrique: Rubrique, catalogue: Catalogue, jour: date) -> dict[str, Any]:
    chaines = dossier.chaines(rubrique.code)
    vigueur = dossier.en_vigueur(rubrique.code, jour)
    manques = _manques(rubrique, chaines, jour)
    demandes = [c for c in dossier.changements.values() if c.rubrique == rubrique.code and c.en_cours]
    derniere = max(vigueur, key=lambda entree: entree.rang, default=None)
    return {
        "code": rubrique.code,
        "libelle": rubrique.libelle,
        "groupe": rubrique.groupe,
        "signaler": rubrique.signaler,
        "a_jour_au": _a_jour_au(dossier, derniere).isoformat(),
        "origine": derniere.origine if derniere else BASE,
        "etat": _etat(rubrique, vigueur, manques),
        "manques": manques,
        "resume": _resume(rubrique, chaines, vigueur, catalogue, jour),
        "presentes": _presentes(dossier, rubrique, catalogue, jour),
        "entrees": _entrees(rubrique, chaines, catalogue, jour),
        "demandes_en_cours": [_demande(demande, rubrique) for demande in demandes],
    }


def _a_jour_au(dossier: Dossier, derniere: Entree | None) -> date:
    return max(dossier.arrete_au, derniere.connu_le) if derniere else dossier.arrete_au


def _completude(rubriques: Sequence[dict[str, Any]]) -> dict[str, Any]:
    manques = [
        {"rubrique": rubrique["code"], "libelle": manque}
        for rubrique in rubriques
        for manque in rubrique["manques"]
    ]
    completes = sum(1 for rubrique in rubriques if not rubrique["manques"])
    return {"pourcentage": round(100 * completes / len(rubriques)), "manques": manques}


def _manques(rubrique: Rubrique, chaines: Sequence[Chaine], jour: date) -> list[str]:
    if not chaines:
        return [rubrique.libelle] if rubrique.attendue else []
    etats = [chaine.etat(jour) for chaine in chaines]
    return [
        champ.libelle
        for champ in rubrique.champs
        if champ.attendu and any(etat.get(champ.nom) in (None, "") for etat in etats if etat)
    ]


def _etat(rubrique: Rubrique, vigueur: Sequence[Entree], manques: Sequence[str]) -> str:
    if manques:
        return "incomplete"
    if not vigueur:
        return "vide"
    return "en_attente" if any(entree.en_attente_reprise for entree in vigueur) else "a_jour"


def _resume(
    rubrique: Rubrique,
    chaines: Sequence[Chaine],
    vigueur: Sequence[Entree],
    catalogue: Catalogue,
    jour: date,
) -> str:
    if rubrique.resume_de == "nombre":
        return rubrique.resume.format(nombre=len(chaines)) if chaines else RIEN
    retenues = vigueur if rubrique.resume_de == "toutes" else vigueur[-1:]
    textes = [
        resume(rubrique, chaine.etat(jour), catalogue)
        for chaine in chaines
        if any(entree in retenues for entree in chaine.entrees)
    ]
    return enumerer(textes) if textes else RIEN


def _presentes(dossier: Dossier, rubrique: Rubrique, catalogue: Catalogue, jour: date) -> dict[str, str]:
    """Field → its present value as shown: what a form reminds the agent of."""
    lues = valeurs_lues(rubrique, dossier.presentes(rubrique, jour), catalogue)
    return {lue["nom"]: lue["affichage"] for lue in lues}


def _entrees(
    rubrique: Rubrique, chaines: Sequence[Chaine], catalogue: Catalogue, jour: date
) -> list[dict[str, Any]]:
    """In force first, then the latest."""
    lues = [
        (entree, _entree(entree, chaine, rubrique, catalogue, jour))
        for chaine in chaines
        for entree in chaine.entrees
    ]
    lues.sort(
        key=lambda lue: (lue[1]["en_vigueur"], lue[0].date_effet or date.min, lue[0].rang), reverse=True
    )
    return [vue for _, vue in lues]


def _entree(
    entree: Entree, chaine: Chaine, rubrique: Rubrique, catalogue: Catalogue, jour: date
) -> dict[str, Any]:
    suivantes = [autre for autre in chaine.entrees if autre.rang > entree.rang and autre.a_commence(jour)]
    return {
        "id": entree.id,
        "valeurs": valeurs_lues(rubrique, chaine.etat_apres(entree), catalogue),
        "date_effet": _iso(entree.date_effet),
        "date_fin": _iso(entree.date_fin),
        "connu_le": entree.connu_le.isoformat(),
        "origine": entree.origine,
        "source": entree.source,
        "en_vigueur": chaine.en_vigueur(jour) is entree,
        "en_attente_reprise": entree.en_attente_reprise,
        "decision": _decision(entree.decision),
        "remplacee": bool(suivantes),
    }


def valeurs_lues(
    rubrique: Rubrique, valeurs: dict[str, Valeur], catalogue: Catalogue
) -> list[dict[str, str]]:
    textes = [(champ, afficher(champ, valeurs.get(champ.nom), catalogue)) for champ in rubrique.champs]
    return [
        {"nom": champ.nom, "libelle": champ.libelle, "affichage": texte} for champ, texte in textes if texte
    ]


def _decision(decision: Decision | None) -> dict[str, Any] | None:
    if decision is None:
        return None
    return {
        "par": decision.par,
        "le": instant(decision.le),
        "reference": decision.reference or None,
        "changement_id": decision.changement_id,
    }


def _demande(demande: Changement, rubrique: Rubrique) -> dict[str, Any]:
    libelles = {cas.code: cas.libelle for cas in rubrique.cas}
    return {
        "id": demande.id,
        "reference": demande.reference,
        "etat": demande.etat,
        "cas_libelle": libelles.get(demande.cas, demande.cas),
    }


def _iso(jour: date | None) -> str | None:
    return jour.isoformat() if jour else None
