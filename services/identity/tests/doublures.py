"""The twins of identity's adapters, in memory."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from identity.adapters.agregats import PERSONNES, PORTEFEUILLES
from identity.adapters.nomenclatures import nomenclatures
from identity.application import chargement, habilitations
from identity.application.lectures import Sources
from identity.application.personnes_de_l_extrait import Traducteur
from identity.application.ports import Etablissement, Ligne, LigneLue
from identity.domain.entete import EnTete
from identity.domain.noms import identifiant
from identity.domain.personne import Personne
from identity.domain.portefeuille import Portefeuille

from chassis.repository import Repository
from chassis.testing.consultations import FakeConsultations
from chassis.testing.memory import AUDIT_KEY, InMemory, context
from services.identity.tests import extraits

CLE = b"cle des personnes pour les essais"


class Lots:
    def __init__(self, personnes: InMemory[Personne]) -> None:
        self._personnes = personnes

    def academies(self, ids: Sequence[str]) -> Mapping[str, str]:
        documents = self._personnes.store.documents
        return {id: documents[id]["etat"]["academie"] for id in ids if id in documents}

    @contextmanager
    def ouvrir(self) -> Iterator[Repository[Personne]]:
        yield Repository(PERSONNES, self._personnes.store, AUDIT_KEY)


class Identifiants:
    def __init__(self) -> None:
        self.donnes: dict[str, str] = {}

    def attribuer(self, bases: Mapping[str, str]) -> Mapping[str, str]:
        for id, base in bases.items():
            if id not in self.donnes:
                pris = set(self.donnes.values())
                rang = next(n for n in range(10_000) if identifiant(base, n) not in pris)
                self.donnes[id] = identifiant(base, rang)
        return {id: self.donnes[id] for id in bases}


class Etablissements:
    def __init__(self) -> None:
        self.connus: dict[str, Etablissement] = {}

    def enregistrer(self, etablissements: Sequence[Etablissement]) -> None:
        self.connus |= {etablissement.uai: etablissement for etablissement in etablissements}

    def de(self, uais: Sequence[str]) -> Mapping[str, Etablissement]:
        return {uai: self.connus[uai] for uai in uais if uai in self.connus}


class Extraits:
    def __init__(self) -> None:
        self.charges: dict[str, date] = {}

    def arrete_au(self, academie: str) -> date | None:
        return self.charges.get(academie)

    def noter(self, academie: str, arrete_au: date, le: datetime, *, termine: bool) -> None:
        self.charges[academie] = arrete_au

    def verifier_cle(self, empreinte: str) -> None:
        return None


class Personnes:
    def __init__(self, personnes: InMemory[Personne]) -> None:
        self._personnes = personnes

    def toutes(self) -> list[Personne]:
        return [
            PERSONNES.codec.from_document(document["etat"])
            for document in self._personnes.store.documents.values()
        ]

    def de(self, ids: Sequence[str]) -> Mapping[str, Personne]:
        return {personne.id: personne for personne in self.toutes() if personne.id in ids}

    def trouvees(self, portefeuille_id: str, jetons: Sequence[str]) -> Sequence[tuple[str, str]]:
        return [
            (document["etat"]["recherche"]["tri"], id)
            for id, document in self._personnes.store.documents.items()
            if document["etat"]["portefeuille_id"] == portefeuille_id
            and set(jetons) <= set(document["etat"]["recherche"]["jetons"])
        ]

    def comptes_a_traiter(self) -> Sequence[str]:
        attente = [p for p in self.toutes() if p.compte.etat in ("a_creer", "a_desactiver")]
        par_rang = sorted(attente, key=lambda p: p.compte.demonstration or len(attente) + 1)
        return [personne.id for personne in par_rang]

    def de_demonstration(self) -> Sequence[Personne]:
        pretes = [p for p in self.toutes() if p.compte.demonstration and p.compte.etat == "cree"]
        return sorted(pretes, key=lambda p: p.compte.demonstration or 0)


class Portefeuilles:
    def __init__(self, portefeuilles: InMemory[Portefeuille]) -> None:
        self._portefeuilles = portefeuilles

    def tous(self, academie: str) -> Sequence[Portefeuille]:
        tous = [
            PORTEFEUILLES.codec.from_document(document["etat"])
            for document in self._portefeuilles.store.documents.values()
        ]
        return sorted((p for p in tous if p.academie == academie), key=lambda p: p.ordre)


@dataclass
class Suivi:
    vu: list[tuple[str, int, int]] = field(default_factory=list)

    def avancer(self, etape: str, fait: int, total: int) -> None:
        self.vu.append((etape, fait, total))


@dataclass
class Releve:
    """`Rapport` and `Acceptees` at once: what the first pass said."""

    anomalies: list[tuple[int, str, str, bool]] = field(default_factory=list)
    acceptees: list[Ligne] = field(default_factory=list)

    def noter(self, numero: int, champ: str, raison: str, *, ecartee: bool) -> None:
        self.anomalies.append((numero, champ, raison, ecartee))

    def ajouter(self, ligne: Mapping[str, Any]) -> None:
        self.acceptees.append(dict(ligne))


class Monde:
    """Everything the application needs."""

    def __init__(self) -> None:
        self.personnes = InMemory(PERSONNES)
        self.portefeuilles = InMemory(PORTEFEUILLES)
        self.consultations = FakeConsultations()
        etablissements = Etablissements()
        self.depots = habilitations.Depots(self.personnes.repository, self.portefeuilles.repository)
        self.lectures = Personnes(self.personnes)
        self.sources = Sources(
            self.lectures,
            Portefeuilles(self.portefeuilles),
            etablissements,
            nomenclatures(),
            self.consultations,
        )
        self.chargement = chargement.Depots(
            Lots(self.personnes), self.portefeuilles.repository, Identifiants(), etablissements, Extraits()
        )

    def charger(self, contenu: list[Ligne], *, demonstration: bool = True) -> chargement.Charge:
        en_tete = EnTete.lire(extraits.en_tete(contenu))
        traducteur = Traducteur(en_tete, CLE, demonstration=demonstration)
        return chargement.charger(
            en_tete, lambda: iter(contenu), self.chargement, traducteur, context("service:identity"), Suivi()
        )

    def personne(self, identifiant: str) -> Personne:
        return next(p for p in self.lectures.toutes() if p.identifiant == identifiant)

    def id(self, identifiant: str) -> str:
        return self.personne(identifiant).id


def monde_de(contenu: list[Ligne]) -> Monde:
    monde = Monde()
    monde.charger(contenu)
    return monde


def lues(contenu: list[Ligne]) -> Iterator[LigneLue]:
    """The lines as the reader gives them, header included."""
    for numero, ligne in enumerate(contenu, 1):
        yield LigneLue(numero, 100, ligne)
