"""What makes a well-formed line of the extract wrong (extract format, « Rules of loading »)."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from stdnum import iban

from identity.domain import numen, uai
from identity.domain.nomenclatures import Corps, Nomenclatures
from identity.domain.noms import base_identifiant

Ligne = Mapping[str, Any]
PERIODES = {
    "affectations": "L’affectation",
    "positions": "La position",
    "modalites_service": "La modalité de service",
    "conges": "Le congé",
}


@dataclass(frozen=True)
class Anomalie:
    """`ecartee`: the line is not loaded; else it is, and the report says what to look at."""

    champ: str
    raison: str
    ecartee: bool = True


class Controles:
    """The rules a line must keep by itself, whatever the others say."""

    def __init__(self, nomenclatures: Nomenclatures, arrete_au: date) -> None:
        self._nomenclatures = nomenclatures
        self._arrete_au = arrete_au
        self._par_type: Mapping[str, Callable[[Ligne], Iterable[Anomalie]]] = {
            "etablissement": self._etablissement,
            "personnel": self._personnel,
            "portefeuille": self._portefeuille,
            "agent": self._agent,
        }

    def anomalies(self, ligne: Ligne) -> list[Anomalie]:
        return list(self._par_type[ligne["type"]](ligne))

    def _etablissement(self, ligne: Ligne) -> Iterator[Anomalie]:
        if not uai.est_valide(ligne["uai"]):
            yield Anomalie("uai", "La lettre de contrôle du numéro d’établissement est fausse.")

    def _personnel(self, ligne: Ligne) -> Iterator[Anomalie]:
        yield from _nom_utilisable(ligne["prenom"], ligne["nom"], "nom")
        if "chef-etablissement" in ligne["roles"] and not ligne.get("uai"):
            yield Anomalie("uai", "Un chef d’établissement doit avoir un établissement.")

    def _portefeuille(self, ligne: Ligne) -> Iterator[Anomalie]:
        for rang, code in enumerate(ligne["corps"]):
            if code not in self._nomenclatures.corps:
                yield Anomalie(f"corps[{rang}]", "Ce corps est inconnu.")
        debut, fin = ligne["initiales"]
        if fin < debut:
            yield Anomalie("initiales", "La dernière initiale précède la première.")

    def _agent(self, ligne: Ligne) -> Iterator[Anomalie]:
        yield from self._identite(ligne)
        yield from self._carriere(ligne["carriere"])
        for champ, nom in PERIODES.items():
            yield from _periodes(champ, nom, ligne[champ])
        for rang, affectation in enumerate(ligne["affectations"]):
            if not uai.est_valide(affectation["uai"]):
                yield Anomalie(f"affectations[{rang}].uai", "La lettre de contrôle de ce numéro est fausse.")
        banque = ligne["coordonnees_bancaires"]
        if banque is not None and not iban.is_valid(banque["iban"]):
            yield Anomalie("coordonnees_bancaires.iban", "Cet IBAN n’est pas valide.")

    def _identite(self, ligne: Ligne) -> Iterator[Anomalie]:
        if not numen.est_bien_forme(ligne["numen"], frozenset(self._nomenclatures.academies)):
            yield Anomalie("numen", "Le NUMEN n’a pas la forme attendue.")
        etat_civil = ligne["etat_civil"]
        yield from _nom_utilisable(etat_civil["prenoms"][0], etat_civil["nom_usage"], "etat_civil.nom_usage")
        if date.fromisoformat(etat_civil["date_naissance"]) >= self._arrete_au:
            yield Anomalie("etat_civil.date_naissance", "La date de naissance est dans le futur.")

    def _carriere(self, carriere: Iterable[Ligne]) -> Iterator[Anomalie]:
        for rang, ligne in enumerate(carriere):
            corps = self._nomenclatures.corps.get(ligne["corps"])
            if corps is None:
                yield Anomalie(f"carriere[{rang}].corps", "Ce corps est inconnu.")
            else:
                yield from _echelon(f"carriere[{rang}]", corps, ligne)


def _echelon(champ: str, corps: Corps, ligne: Ligne) -> Iterator[Anomalie]:
    grille = corps.grille_au(date.fromisoformat(ligne["date_effet"]))
    grade = grille.grades.get(ligne["grade"])
    if grade is None:
        yield Anomalie(f"{champ}.grade", "Ce grade n’existe pas dans ce corps.")
    elif grade.echelons is not None and not 1 <= ligne["echelon"] <= grade.echelons:
        yield Anomalie(f"{champ}.echelon", "Cet échelon est hors de la grille de ce grade.")


def _periodes(champ: str, nom: str, periodes: Iterable[Ligne]) -> Iterator[Anomalie]:
    for rang, periode in enumerate(periodes):
        if periode["fin"] is not None and periode["fin"] < periode["debut"]:
            yield Anomalie(f"{champ}[{rang}].fin", f"{nom} finit avant d’avoir commencé.")


def _nom_utilisable(prenom: str, nom: str, champ: str) -> Iterator[Anomalie]:
    if base_identifiant(prenom, nom) is None:
        yield Anomalie(champ, "Ce nom ou ce prénom ne contient aucune lettre : pas d’identifiant possible.")
