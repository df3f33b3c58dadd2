"""What may be reported, for the page that builds the form (shape A)."""

from datetime import date
from typing import Any

from dossier.domain.catalogue import REMPLACE, Cas, Catalogue, Champ, Motif, PieceAttendue, Rubrique


def rubriques(catalogue: Catalogue, jour: date) -> list[dict[str, Any]]:
    return [rubrique(une, catalogue, jour) for une in catalogue.rubriques]


def rubrique(une: Rubrique, catalogue: Catalogue, jour: date) -> dict[str, Any]:
    return {
        "code": une.code,
        "libelle": une.libelle,
        "description": une.description,
        "groupe": une.groupe,
        "signaler": une.signaler,
        "cas": [_cas(cas, une, catalogue) for cas in une.cas if cas.vaut_le(jour)],
    }


def motifs(catalogue: Catalogue) -> list[dict[str, Any]]:
    return [_motif(motif) for motif in catalogue.motifs]


def _cas(cas: Cas, rubrique: Rubrique, catalogue: Catalogue) -> dict[str, Any]:
    return {
        "code": cas.code,
        "libelle": cas.libelle,
        "effet": cas.effet,
        "aide": cas.aide,
        "champs": [_champ(champ, cas, rubrique, catalogue) for champ in cas.champs],
        "date_effet": {
            "libelle": cas.date_effet.libelle,
            "aide": cas.date_effet.aide,
            "future_max_jours": cas.date_effet.future_max_jours,
        },
        "pieces": [_piece(piece) for piece in cas.pieces],
        "source": cas.source,
        "valable_du": cas.valable_du.isoformat(),
        "valable_au": cas.valable_au.isoformat() if cas.valable_au else None,
    }


def _champ(champ: Champ, cas: Cas, rubrique: Rubrique, catalogue: Catalogue) -> dict[str, Any]:
    presente = cas.effet == REMPLACE and rubrique.champ(champ.nom) is not None
    return {
        "nom": champ.nom,
        "libelle": champ.libelle,
        "type": champ.type,
        "obligatoire": champ.obligatoire,
        "aide": champ.aide,
        "max": champ.max,
        "choix": _choix(champ, catalogue),
        "autocomplete": champ.autocomplete,
        "defaut": champ.defaut,
        "presente_depuis": f"{rubrique.code}.{champ.nom}" if presente else None,
    }


def _choix(champ: Champ, catalogue: Catalogue) -> list[dict[str, str]]:
    if champ.type == "pays":
        return [{"code": code, "libelle": nom} for code, nom in catalogue.pays_tries()]
    return [{"code": choix.code, "libelle": choix.libelle} for choix in champ.choix]


def _piece(piece: PieceAttendue) -> dict[str, Any]:
    return {
        "usage": piece.usage,
        "libelle": piece.libelle,
        "obligatoire": piece.obligatoire,
        "aide": piece.aide,
        "max": piece.max,
    }


def _motif(motif: Motif) -> dict[str, Any]:
    return {
        "code": motif.code,
        "nature": motif.nature,
        "libelle": motif.libelle,
        "texte": motif.texte,
        "rubrique": motif.rubrique,
    }
