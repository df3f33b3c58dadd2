"""From the lines of an extract to persons and portefeuilles."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from contracts.personnes import id_agent, id_personnel, id_portefeuille
from identity.application.ports import Etablissement
from identity.application.validation import courriel_de
from identity.domain.courriels import Courriels
from identity.domain.demonstration import Demonstration
from identity.domain.entete import EnTete
from identity.domain.noms import base_identifiant
from identity.domain.personne import AGENT, ENSEIGNANT, PERSONNEL, Compte, EtatCivil, Personne, Situation
from identity.domain.portefeuille import Portefeuille, portefeuille_de
from identity.domain.situation import situation_au

Ligne = Mapping[str, Any]


@dataclass(frozen=True)
class Arrivante:
    """A person of the extract, whole but for her user name."""

    id: str
    base: str
    personne: Callable[[str], Personne]


class Traducteur:
    """Reads the lines of one extract, in order: courriels and demonstration ranks depend on it."""

    def __init__(self, en_tete: EnTete, cle: bytes, *, demonstration: bool) -> None:
        self._en_tete = en_tete
        self._cle = cle
        self._courriels = Courriels()
        self._demonstration = Demonstration(active=demonstration)

    def id_personnel(self, matricule: str) -> str:
        return id_personnel(self._cle, self._en_tete.academie, matricule)

    def personnel(self, ligne: Ligne) -> Arrivante:
        compte = self._compte(ligne, ligne["roles"])
        situation = Situation(
            etablissement=ligne.get("uai"),
            disciplines_suivies=list(ligne.get("disciplines") or ()),
            service=ligne.get("service"),
        )
        etat_civil = EtatCivil(ligne.get("civilite"), ligne["nom"], ligne["prenom"])
        return self._arrivante(
            self.id_personnel(ligne["matricule"]),
            etat_civil,
            nature=PERSONNEL,
            matricule=ligne["matricule"],
            roles=list(ligne["roles"]),
            situation=situation,
            compte=compte,
        )

    def agent(self, ligne: Ligne, portefeuilles: Sequence[Portefeuille]) -> Arrivante:
        situation = situation_au(self._en_tete.arrete_au, ligne)
        etat_civil = _etat_civil(ligne["etat_civil"])
        return self._arrivante(
            id_agent(self._cle, ligne["numen"]),
            etat_civil,
            nature=AGENT,
            numen=ligne["numen"],
            roles=[ENSEIGNANT],
            situation=situation,
            compte=self._compte(ligne, [ENSEIGNANT]),
            portefeuille_id=portefeuille_de(
                portefeuilles, situation.corps, situation.discipline, etat_civil.nom
            ),
        )

    def portefeuille(self, ligne: Ligne, ordre: int, gestionnaires: frozenset[str]) -> Portefeuille:
        """`gestionnaires` are the matricules the extract knows; the others are left out."""
        return Portefeuille(
            id=id_portefeuille(self._en_tete.academie, ligne["code"]),
            academie=self._en_tete.academie,
            code=ligne["code"],
            libelle=ligne["libelle"],
            service=ligne.get("service") or "",
            ordre=ordre,
            corps=list(ligne["corps"]),
            disciplines=list(ligne["disciplines"]),
            initiales=[borne.upper() for borne in ligne["initiales"]],
            gestionnaires=[self.id_personnel(m) for m in ligne["gestionnaires"] if m in gestionnaires],
        )

    def _arrivante(self, id: str, etat_civil: EtatCivil, **reste: Any) -> Arrivante:
        def personne(identifiant: str) -> Personne:
            return Personne(
                id=id,
                academie=self._en_tete.academie,
                arrete_au=self._en_tete.arrete_au,
                identifiant=identifiant,
                etat_civil=etat_civil,
                **reste,
            )

        base = base_identifiant(etat_civil.prenom, etat_civil.nom)
        if base is None:
            raise ValueError("a line without a usable name passed the first pass")
        return Arrivante(id, base, personne)

    def _compte(self, ligne: Ligne, roles: Sequence[str]) -> Compte:
        _, courriel = courriel_de(ligne, ligne["type"])
        return Compte(
            courriel=self._courriels.attribuer(courriel), demonstration=self._demonstration.rang(roles)
        )


def etablissement(ligne: Ligne) -> Etablissement:
    return Etablissement(ligne["uai"], ligne["denomination"], ligne["nature"], ligne["commune"])


def _etat_civil(etat_civil: Ligne) -> EtatCivil:
    prenom, *autres = etat_civil["prenoms"]
    nom, nom_famille = etat_civil["nom_usage"], etat_civil.get("nom_famille")
    if nom_famille and nom_famille != nom:
        autres = [*autres, nom_famille]
    return EtatCivil(etat_civil.get("civilite"), nom, prenom, autres)
