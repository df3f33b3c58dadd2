"""The service in memory: the same application and routes, fake stores, real tokens."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from dossier.adapters.catalogue import charger
from dossier.adapters.extrait import entrees_de
from dossier.adapters.publications import DOSSIER
from dossier.application.commandes import ChargerExtrait, PieceDonnee, SignalerChangement
from dossier.application.handlers import executer
from dossier.application.ports import Application, VersionDElement
from dossier.domain.changement import Changement
from dossier.domain.dossier import Dossier
from dossier.entrypoints.http.application import creer
from flask.testing import FlaskClient

from chassis.commands import Acteur, CommandContext
from chassis.consultations import Consultation
from chassis.errors import Introuvable
from chassis.ids import derived_id
from chassis.messages import Message
from chassis.testing.clock import FixedClock, SequentialIds
from chassis.testing.files import a_pdf, memory_file_store
from chassis.testing.memory import InMemory
from chassis.testing.tokens import LocalIssuer

MAINTENANT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
RENE = derived_id("essai", "rene")
RACHEL = derived_id("essai", "rachel")
SYLVIE = derived_id("essai", "sylvie")
PAUL = derived_id("essai", "paul")
GAELLE = derived_id("essai", "gaelle")
ANGLAIS, MATHS = "10.DPE2-ANGLAIS", "10.DPE1-MATHS"

LIGNE: Mapping[str, Any] = {
    "numen": "10E0989434SST",
    "etat_civil": {
        "civilite": "M",
        "nom_usage": "Dupont",
        "nom_famille": "Dupont",
        "prenoms": ["René"],
        "date_naissance": "1977-03-01",
        "lieu_naissance": "MaheBourg",
        "departement_naissance": "014",
        "nationalite": "FR",
    },
    "coordonnees": {
        "adresse": ["80, rue Juliette Ferreira"],
        "code_postal": "69614",
        "commune": "Lopez-sur-Mer",
        "pays": "FR",
        "telephone": "+33675201674",
        "courriel": "rene.dupont@exemple.invalid",
    },
    "coordonnees_bancaires": {"iban": "FR8427684268465632122330792", "titulaire": "René Dupont"},
    "situation_familiale": {
        "etat": "concubinage",
        "depuis": "2001-04-15",
        "conjoint": {"nom": "Charles", "prenom": "Roland", "profession": "accompagnateur"},
    },
    "enfants": [{"prenom": "Pauline", "date_naissance": "2004-08-22", "a_charge": True}],
    "carriere": [
        {
            "corps": "certifie",
            "grade": "CN",
            "echelon": 8,
            "date_effet": "2024-03-01",
            "mode": "anciennete",
            "reliquat_jours": 0,
        },
        {
            "corps": "certifie",
            "grade": "CN",
            "echelon": 9,
            "date_effet": "2026-09-01",
            "mode": "bonification",
            "reliquat_jours": 0,
        },
    ],
    "affectations": [
        {
            "uai": "0422160V",
            "nature": "tzr",
            "modalite": "definitive",
            "debut": "2024-09-01",
            "fin": "2026-08-31",
        },
        {"uai": "0693013A", "nature": "poste", "modalite": "definitive", "debut": "2026-09-01", "fin": None},
    ],
    "positions": [{"position": "activite", "debut": "2009-09-01", "fin": None}],
    "modalites_service": [{"modalite": "temps_complet", "quotite": 100, "debut": "2009-09-01", "fin": None}],
    "conges": [{"nature": "formation", "debut": "2023-02-27", "fin": "2023-03-01"}],
    "appreciations": [{"rendez_vous": 1, "annee_scolaire": "2019-2020", "appreciation": "tres_satisfaisant"}],
    "diplomes": [
        {
            "intitule": "Licence Anglais",
            "niveau": 6,
            "etablissement": "Université Rousset",
            "obtenu_le": "2006-07-01",
        }
    ],
    "anciennete": {
        "services_generaux_depuis": "2009-09-01",
        "corps_depuis": "2009-09-01",
        "services_auxiliaires_mois": 0,
    },
    "distinctions": [],
}
ETABLISSEMENTS = {"0693013A": "Collège Chantal Mary, Étienne-la-Forêt"}


@dataclass
class CopieEnMemoire:
    """A replica in a dictionary."""

    etats: dict[str, dict[str, Any]] = field(default_factory=dict)

    def put(self, message: Message) -> None:
        self.etats[message.subject] = {"_id": message.subject, "seq": message.seq, **message.data}

    def deny(self, key: str) -> None:
        self.etats.pop(key, None)

    def get(self, key: str) -> dict[str, Any] | None:
        return self.etats.get(key)

    def find(self, **equality: Any) -> list[dict[str, Any]]:
        return [e for e in self.etats.values() if all(e.get(nom) == v for nom, v in equality.items())]


@dataclass
class ConsultationsEnMemoire:
    lignes: list[Consultation] = field(default_factory=list)

    def record(self, sujet: str, acteur: str, role: str, motif: str, now: datetime) -> None:
        self.lignes.append(Consultation(sujet, acteur, role, motif, now))

    def of(self, sujet: str, limit: int = 200) -> Sequence[Consultation]:
        return [ligne for ligne in reversed(self.lignes) if ligne.sujet == sujet][:limit]


@dataclass
class CvEnMemoire:
    versions: dict[tuple[str, int], VersionDElement] = field(default_factory=dict)

    def version(self, agent: str, element: str, version: int) -> VersionDElement:
        try:
            return self.versions[element, version]
        except KeyError:
            raise Introuvable("Pas de telle version.") from None


def personne(id: str, *roles: str, portefeuille: str | None = None, actif: bool = True) -> dict[str, Any]:
    return {
        "_id": id,
        "seq": 1,
        "personne_id": id,
        "roles": list(roles),
        "portefeuille_id": portefeuille,
        "compte_actif": actif,
    }


def portefeuille(id: str, titulaire: str, suppleances: Sequence[Mapping[str, str]] = ()) -> dict[str, Any]:
    return {
        "_id": id,
        "seq": 1,
        "portefeuille_id": id,
        "titulaire": titulaire,
        "gestionnaires": [titulaire],
        "suppleances": list(suppleances),
    }


class Monde:
    """René and Rachel, taught English; Sylvie manages them, Paul manages maths, Gaëlle may substitute."""

    rene, rachel, sylvie, paul, gaelle = RENE, RACHEL, SYLVIE, PAUL, GAELLE

    def __init__(self) -> None:
        self.clock = FixedClock(MAINTENANT)
        self.issuer = LocalIssuer(clock=self.clock)
        self.memoire = InMemory(DOSSIER)
        self.cv = CvEnMemoire()
        self.agents = CopieEnMemoire(
            {
                RENE: personne(RENE, "enseignant", portefeuille=ANGLAIS),
                RACHEL: personne(RACHEL, "enseignant", portefeuille=MATHS),
                SYLVIE: personne(SYLVIE, "gestionnaire"),
                PAUL: personne(PAUL, "gestionnaire"),
                GAELLE: personne(GAELLE, "gestionnaire"),
            }
        )
        self.portefeuilles = CopieEnMemoire(
            {ANGLAIS: portefeuille(ANGLAIS, SYLVIE), MATHS: portefeuille(MATHS, PAUL)}
        )
        self.application = Application(
            self.memoire.repository,
            charger(),
            memory_file_store(SequentialIds()),
            self.agents,
            self.portefeuilles,
            ConsultationsEnMemoire(),
            ConsultationsEnMemoire(),
            self.cv,
        )
        self._cles = 0
        self.charger(RENE)
        self.charger(RACHEL)

    def charger(self, agent: str, **changes: Any) -> None:
        ligne = {**LIGNE, **changes}
        entrees = entrees_de(agent, ligne, "EPP", date(2026, 9, 1), ETABLISSEMENTS)
        commande = ChargerExtrait(agent, "10", "EPP", date(2026, 9, 1), ligne["numen"], entrees)
        executer(self.application, commande, self.contexte("service:dossier", cle=None))

    def contexte(self, acteur: str, *roles: str, cle: str | None = "") -> CommandContext:
        self._cles += 1
        return CommandContext(
            Acteur(acteur, frozenset(roles), "10"),
            self.clock.now(),
            "correlation-de-test",
            key=f"cle-{self._cles:05d}" if cle == "" else cle,
            body_digest="corps",
        )

    def agent(self, id: str = RENE) -> CommandContext:
        return self.contexte(id, "enseignant")

    def gestionnaire(self, id: str = SYLVIE) -> CommandContext:
        return self.contexte(id, "gestionnaire")

    def dossier(self, agent: str = RENE) -> Dossier:
        return self.memoire.repository.get(agent)

    def demande(self, id: str, agent: str = RENE) -> Changement:
        return self.dossier(agent).changement(id)

    def deposer(self, usage: str, agent: str = RENE) -> PieceDonnee:
        depot = self.application.pieces.deposit(
            BytesIO(a_pdf()), f"{usage}.pdf", agent, agent, usage, self.clock.now()
        )
        return PieceDonnee(usage, depot.ref)

    def demenager(self, agent: str = RENE, **changes: Any) -> str:
        commande = SignalerChangement(
            agent,
            "coordonnees",
            "adresse",
            {"adresse": "12, rue des Lilas", "code_postal": "69007", "commune": "Lyon"},
            "2026-11-20",
        )
        return executer(self.application, replace(commande, **changes), self.agent(agent)).item

    def naissance(self, agent: str = RENE, **changes: Any) -> str:
        pieces = changes.pop("pieces", None) or [self.deposer("acte_naissance", agent)]
        commande = SignalerChangement(agent, "enfants", "naissance", {"prenom": "Léa"}, "2026-11-02", pieces)
        return executer(self.application, replace(commande, **changes), self.agent(agent)).item

    def suppleer(self, qui: str, du: str, au: str, portefeuille_id: str = ANGLAIS) -> None:
        suppleance = {"personne_id": qui, "du": du, "au": au}
        self.portefeuilles.etats[portefeuille_id]["suppleances"] = [suppleance]

    def presentes(self, rubrique: str) -> dict[str, Any]:
        return self.dossier().presentes(
            self.application.catalogue.rubrique(rubrique), self.clock.now().date()
        )

    def faire(self, commande: Any, context: CommandContext | None = None) -> Changement:
        executer(self.application, commande, context or self.gestionnaire())
        return self.demande(commande.changement_id, commande.agent_id)

    def evenements(self, agent: str = RENE) -> list[dict[str, Any]]:
        return self.memoire.published(agent)

    def types(self, agent: str = RENE) -> list[str]:
        return [e["type"].removeprefix("dossier.").removesuffix(".v1") for e in self.evenements(agent)]


@dataclass
class Web:
    """The routes, called as a person."""

    monde: Monde
    client: FlaskClient
    cles: int = 0

    def lire(self, chemin: str, qui: str, *roles: str, **entetes: str) -> Any:
        return self.client.get(chemin, headers={**self._jeton(qui, roles), **entetes})

    def envoyer(
        self,
        chemin: str,
        corps: Mapping[str, Any],
        qui: str,
        *roles: str,
        cle: str = "",
        rev: int | None = None,
    ) -> Any:
        self.cles += 1
        entetes = {"Idempotency-Key": cle or f"essai-{self.cles:06d}"}
        if rev is not None:
            entetes["If-Match"] = f'"{rev}"'
        return self.client.post(chemin, json=corps, headers={**self._jeton(qui, roles), **entetes})

    def deposer(self, nom: str, contenu: bytes, qui: str, agent: str, usage: str = "acte_naissance") -> Any:
        return self.client.post(
            "/pieces",
            data={"fichier": (BytesIO(contenu), nom), "agent": agent, "usage": usage},
            headers=self._jeton(qui, ()),
        )

    def _jeton(self, qui: str, roles: Sequence[str]) -> dict[str, str]:
        return self.monde.issuer.bearer(qui, *roles)


@pytest.fixture
def monde() -> Monde:
    return Monde()


@pytest.fixture
def web(monde: Monde) -> Web:
    app = creer(
        monde.application,
        None,
        journal=lambda kind, id, seq: [e for e in monde.evenements(id) if e["seq"] > seq],
        ready={},
        verifier=monde.issuer.verifier(),
        clock=monde.clock,
    )
    return Web(monde, app.test_client())


@pytest.fixture
def ligne_agent() -> Mapping[str, Any]:
    """An agent line of the extract."""
    return LIGNE
