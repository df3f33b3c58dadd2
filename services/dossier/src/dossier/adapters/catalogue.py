"""Reads the dated data files into the domain's catalogue."""

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

import yaml
from babel import Locale

from chassis.codec import make_converter
from dossier.domain.catalogue import AUCUN, Catalogue

DONNEES = resources.files("dossier.adapters") / "donnees"
SOURCE_ERREUR = "Une erreur dans les données de carrière se corrige dans la base de gestion, sur pièces"
# Unions, test locales and unknown places that CLDR lists among territories.
PAS_DES_PAYS = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})
VALABLE_ERREUR = "2025-09-01"


@cache
def charger() -> Catalogue:
    """The whole catalogue. Raises at start when a data file is malformed."""
    delais, rubriques = _lire("delais.yaml"), _lire("rubriques.yaml")
    lu = {
        "rubriques": [_rubrique(rubrique, rubriques["communs"]) for rubrique in rubriques["rubriques"]],
        "motifs": _lire("motifs.yaml")["motifs"],
        "recours": _lire("recours.yaml")["voies"],
        "delai_reponse": delais["reponse"]["jours_ouvres"],
        "pays": _pays(),
        "trigrammes": _lire("academies.yaml")["trigrammes"],
    }
    return make_converter().structure(lu, Catalogue)


def _lire(nom: str) -> dict[str, Any]:
    contenu: dict[str, Any] = yaml.safe_load((DONNEES / nom).read_text(encoding="utf-8"))
    return contenu


def _pays() -> dict[str, str]:
    """Countries by their two letters, named in French (CLDR)."""
    noms = Locale("fr").territories
    return {
        code: nom
        for code, nom in noms.items()
        if len(code) == 2 and code.isalpha() and code not in PAS_DES_PAYS
    }


def _rubrique(rubrique: Mapping[str, Any], communs: Mapping[str, Any]) -> dict[str, Any]:
    champs = {champ["nom"]: _champ(champ) for champ in rubrique["champs"]}
    return {
        **rubrique,
        "champs": list(champs.values()),
        "cas": [
            _cas_erreur(rubrique, communs) if cas == "erreur" else _cas(cas, champs)
            for cas in rubrique["cas"]
        ],
    }


def _champ(champ: Mapping[str, Any]) -> dict[str, Any]:
    choix = champ.get("choix", {})
    return {**champ, "choix": [{"code": str(code), "libelle": libelle} for code, libelle in choix.items()]}


def _cas(cas: Mapping[str, Any], champs: Mapping[str, Any]) -> dict[str, Any]:
    demandes = [
        {**champs.get(champ["nom"], {}), **(_champ(champ) if "choix" in champ else champ)}
        for champ in cas["champs"]
    ]
    return {**cas, "champs": demandes, "valable_du": cas["valable_du"].isoformat()}


def _cas_erreur(rubrique: Mapping[str, Any], communs: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "code": "erreur",
        "libelle": f"Erreur : {rubrique['libelle']}",
        "effet": AUCUN,
        "champs": communs["champs_erreur"],
        "date_effet": {"libelle": "Date à partir de laquelle c’est inexact"},
        "pieces": [communs["piece_erreur"]],
        "source": SOURCE_ERREUR,
        "valable_du": VALABLE_ERREUR,
    }
