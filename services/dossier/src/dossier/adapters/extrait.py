"""One agent line of the HR extract → the entries of her file."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from chassis.ids import derived_id
from dossier.domain.catalogue import Valeur
from dossier.domain.dossier import NouvelleEntree
from dossier.domain.entrees import BASE

Ligne = Mapping[str, Any]


def entrees_de(
    agent: str, ligne: Ligne, base: str, arrete_au: date, etablissements: Mapping[str, str]
) -> list[NouvelleEntree]:
    """Each has an id that the same extract always gives. `etablissements`: UAI → name and town."""
    source = f"{base} {arrete_au.isoformat()}"
    entrees: list[NouvelleEntree] = []
    for rubrique, lire in LECTEURS.items():
        for n, (valeurs, du, au) in enumerate(lire(ligne, etablissements)):
            entrees.append(
                NouvelleEntree(
                    id=derived_id("extrait", agent, arrete_au.isoformat(), rubrique, str(n)),
                    rubrique=rubrique,
                    valeurs=valeurs,
                    origine=BASE,
                    source=source,
                    date_effet=_date(du),
                    date_fin=_date(au),
                    remplace=entrees[-1].id if n and rubrique in EN_SUITE else None,
                )
            )
    return entrees


EN_SUITE = frozenset({"carriere"})
"""Each line of these follows the one before it; elsewhere lines stand side by side."""

Lue = tuple[dict[str, Valeur], str | None, str | None]
Lecteur = Callable[[Ligne, Mapping[str, str]], Iterator[Lue]]


def _etat_civil(ligne: Ligne, _: Mapping[str, str]) -> Iterator[Lue]:
    lu = ligne.get("etat_civil")
    if lu:
        yield {**lu, "prenoms": " ".join(lu.get("prenoms", ()))}, None, None


def _coordonnees(ligne: Ligne, _: Mapping[str, str]) -> Iterator[Lue]:
    lu = ligne.get("coordonnees")
    if lu:
        voie, *reste = lu.get("adresse") or [""]
        yield {**lu, "adresse": voie, "complement": ", ".join(reste) or None}, None, None


def _coordonnees_bancaires(ligne: Ligne, _: Mapping[str, str]) -> Iterator[Lue]:
    lu = ligne.get("coordonnees_bancaires")
    if lu:
        yield dict(lu), None, None


def _situation_familiale(ligne: Ligne, _: Mapping[str, str]) -> Iterator[Lue]:
    lu = ligne.get("situation_familiale")
    if lu:
        conjoint = lu.get("conjoint") or {}
        valeurs = {f"conjoint_{nom}": conjoint.get(nom) for nom in ("nom", "prenom", "profession")}
        yield {"etat": lu.get("etat"), "depuis": lu.get("depuis"), **valeurs}, lu.get("depuis"), None


def _anciennete(ligne: Ligne, _: Mapping[str, str]) -> Iterator[Lue]:
    lu = ligne.get("anciennete")
    if lu:
        yield dict(lu), None, None


def _enfants(ligne: Ligne, _: Mapping[str, str]) -> Iterator[Lue]:
    for enfant in ligne.get("enfants", ()):
        yield dict(enfant), enfant.get("date_naissance"), None


def _carriere(ligne: Ligne, _: Mapping[str, str]) -> Iterator[Lue]:
    for etape in sorted(ligne.get("carriere", ()), key=lambda e: str(e.get("date_effet"))):
        yield _sans(etape, "date_effet"), etape.get("date_effet"), None


def _affectations(ligne: Ligne, etablissements: Mapping[str, str]) -> Iterator[Lue]:
    for affectation in _periodes(ligne, "affectations"):
        valeurs, du, au = affectation
        uai = str(valeurs.get("uai") or "")
        yield {**valeurs, "etablissement": etablissements.get(uai, uai)}, du, au


def _diplomes(ligne: Ligne, _: Mapping[str, str]) -> Iterator[Lue]:
    for diplome in ligne.get("diplomes", ()):
        niveau = diplome.get("niveau")
        yield {**diplome, "niveau": None if niveau is None else str(niveau)}, diplome.get("obtenu_le"), None


def _appreciations(ligne: Ligne, _: Mapping[str, str]) -> Iterator[Lue]:
    for appreciation in ligne.get("appreciations", ()):
        yield dict(appreciation), None, None


def _distinctions(ligne: Ligne, _: Mapping[str, str]) -> Iterator[Lue]:
    for distinction in ligne.get("distinctions", ()):
        yield dict(distinction), distinction.get("date"), None


def _periodes_de(nom: str) -> Lecteur:
    def lire(ligne: Ligne, _: Mapping[str, str]) -> Iterator[Lue]:
        return _periodes(ligne, nom)

    return lire


def _periodes(ligne: Ligne, nom: str) -> Iterator[Lue]:
    for periode in sorted(ligne.get(nom, ()), key=lambda p: str(p.get("debut"))):
        yield _sans(periode, "debut", "fin"), periode.get("debut"), periode.get("fin")


def _sans(lu: Ligne, *noms: str) -> dict[str, Valeur]:
    return {nom: valeur for nom, valeur in lu.items() if nom not in noms}


def _date(texte: str | None) -> date | None:
    return date.fromisoformat(texte) if texte else None


LECTEURS: Mapping[str, Lecteur] = {
    "etat_civil": _etat_civil,
    "coordonnees": _coordonnees,
    "coordonnees_bancaires": _coordonnees_bancaires,
    "situation_familiale": _situation_familiale,
    "enfants": _enfants,
    "carriere": _carriere,
    "anciennete": _anciennete,
    "diplomes": _diplomes,
    "appreciations": _appreciations,
    "distinctions": _distinctions,
    "affectations": _affectations,
    "positions": _periodes_de("positions"),
    "modalites_service": _periodes_de("modalites_service"),
    "conges": _periodes_de("conges"),
}


def etablissement_nomme(ligne: Ligne) -> str:
    """The name of a school as the file shows it."""
    return f"{ligne['denomination']}, {ligne['commune']}"
