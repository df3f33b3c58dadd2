"""A person as pages show her: codes turned into labels, the correspondant beside."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from contracts import perimetre
from identity.application import etat_public
from identity.application.ports import Etablissement, Etablissements, Personnes, Portefeuilles
from identity.domain.droits import phrase_de_perimetre
from identity.domain.nomenclatures import Nomenclatures
from identity.domain.personne import AGENT, Personne
from identity.domain.portefeuille import Portefeuille


class Fiches:
    """All of it as it is on `jour`."""

    def __init__(
        self,
        personnes: Personnes,
        portefeuilles: Portefeuilles,
        etablissements: Etablissements,
        nomenclatures: Nomenclatures,
        jour: date,
    ) -> None:
        self._personnes = personnes
        self._portefeuilles = portefeuilles
        self._etablissements = etablissements
        self._nomenclatures = nomenclatures
        self._jour = jour

    def de_soi(self, personne: Personne) -> dict[str, Any]:
        tenus = [
            p
            for p in self._portefeuilles.tous(personne.academie)
            if perimetre.tient(personne.id, etat_public.du_portefeuille(p), self._jour)
        ]
        return {
            **self.complete(personne),
            "portefeuilles": [{"id": p.id, "libelle": p.libelle, "service": p.service} for p in tenus],
            "perimetre": self._perimetre(personne, tenus),
        }

    def complete(self, personne: Personne) -> dict[str, Any]:
        situation = personne.situation
        libelles = self._nomenclatures
        return {
            "personne_id": personne.id,
            "identifiant": personne.identifiant,
            **_nom(personne),
            "roles": list(personne.roles),
            "academie": personne.academie,
            "academie_libelle": libelles.libelle_academie(personne.academie),
            "compte_actif": personne.compte_actif,
            "corps": situation.corps,
            "corps_libelle": self._titre(personne),
            "grade_libelle": libelles.libelle_grade(situation.corps, situation.grade, personne.arrete_au),
            "echelon": situation.echelon,
            "discipline": situation.discipline,
            "discipline_libelle": libelles.libelle_discipline(situation.discipline),
            "etablissement": self._etablissement(situation.etablissement),
            "portefeuille_id": personne.portefeuille_id,
            "correspondant": self._correspondant(personne),
            "rev": personne.rev,
        }

    def lignes(self, personnes: Sequence[Personne]) -> list[dict[str, Any]]:
        etablissements = self._etablissements_de(personnes)
        return [
            {
                "personne_id": personne.id,
                **_nom(personne),
                "corps_libelle": self._titre(personne),
                "etablissement": _presente(etablissements.get(personne.situation.etablissement or "")),
                "portefeuille_id": personne.portefeuille_id,
            }
            for personne in personnes
        ]

    def noms(self, personnes: Iterable[Personne]) -> dict[str, Any]:
        connues = list(personnes)
        etablissements = self._etablissements_de(connues)
        return {
            personne.id: {
                **_nom(personne),
                "corps_libelle": self._titre(personne),
                "corps_collectif": self._nomenclatures.libelle_corps(personne.situation.corps),
                "etablissement_libelle": _denomination(
                    etablissements.get(personne.situation.etablissement or "")
                ),
            }
            for personne in connues
        }

    def _titre(self, personne: Personne) -> str | None:
        return self._nomenclatures.titre(personne.situation.corps, personne.etat_civil.civilite)

    def _correspondant(self, personne: Personne) -> dict[str, Any] | None:
        """The titular of the agent's portefeuille, and who stands in for her that day."""
        portefeuille = self._portefeuille_de(personne)
        if portefeuille is None or portefeuille.titulaire is None:
            return None
        etat = etat_public.du_portefeuille(portefeuille)
        suppleants = perimetre.suppleants(etat, self._jour)
        connues = self._personnes.de([portefeuille.titulaire, *suppleants])
        titulaire = connues.get(portefeuille.titulaire)
        if titulaire is None:
            return None
        suppleant = next((connues[id] for id in suppleants if id in connues), None)
        return {
            "personne_id": titulaire.id,
            **_nom(titulaire),
            "service": portefeuille.service,
            "portefeuille_libelle": portefeuille.libelle,
            "suppleant": self._suppleant(portefeuille, suppleant) if suppleant else None,
        }

    def _suppleant(self, portefeuille: Portefeuille, suppleant: Personne) -> dict[str, Any]:
        fins = [
            s.au
            for s in portefeuille.suppleances
            if s.personne_id == suppleant.id and s.du <= self._jour <= s.au
        ]
        return {"personne_id": suppleant.id, **_nom(suppleant), "jusqu_au": max(fins).isoformat()}

    def _portefeuille_de(self, personne: Personne) -> Portefeuille | None:
        if personne.nature != AGENT or personne.portefeuille_id is None:
            return None
        tous = self._portefeuilles.tous(personne.academie)
        return next((p for p in tous if p.id == personne.portefeuille_id), None)

    def _perimetre(self, personne: Personne, tenus: Iterable[Portefeuille]) -> str:
        situation = personne.situation
        etablissement = self._etablissement(situation.etablissement)
        return phrase_de_perimetre(
            personne.roles,
            self._nomenclatures.libelle_academie(personne.academie),
            portefeuilles=[f"{p.libelle} ({p.service})" for p in tenus],
            etablissement=etablissement["denomination"] if etablissement else None,
            disciplines=[
                self._nomenclatures.libelle_discipline(code) or code for code in situation.disciplines_suivies
            ],
            service=situation.service,
        )

    def _etablissement(self, uai: str | None) -> dict[str, str] | None:
        return _presente(self._etablissements.de([uai]).get(uai)) if uai else None

    def _etablissements_de(self, personnes: Iterable[Personne]) -> dict[str, Etablissement]:
        uais = {p.situation.etablissement for p in personnes if p.situation.etablissement}
        return dict(self._etablissements.de(sorted(uais)))


def _nom(personne: Personne) -> dict[str, Any]:
    etat_civil = personne.etat_civil
    return {"civilite": etat_civil.civilite, "nom": etat_civil.nom, "prenom": etat_civil.prenom}


def _presente(etablissement: Etablissement | None) -> dict[str, str] | None:
    if etablissement is None:
        return None
    return {
        "uai": etablissement.uai,
        "denomination": etablissement.denomination,
        "commune": etablissement.commune,
    }


def _denomination(etablissement: Etablissement | None) -> str | None:
    return etablissement.denomination if etablissement else None
