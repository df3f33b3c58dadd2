"""The service over memory: the real rules, no server."""

from collections.abc import Collection
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from courrier.adapters.catalogue import charger
from courrier.adapters.publications import FIL_KIND
from courrier.application.outils import Outils
from courrier.application.perimetre import Perimetre
from courrier.application.ports import Brouillon
from courrier.domain.fil import Entete

from chassis.clock import Clock
from chassis.codec import make_converter
from chassis.messages import Message
from chassis.testing.clock import EPOCH, FixedClock
from chassis.testing.files import a_pdf, memory_file_store
from chassis.testing.memory import InMemory
from chassis.testing.store import FakeDocumentStore

AGENT = "5b0c8a52-3f0e-5a1e-9c57-2f1f6f0a7d10"
AUTRE_AGENT = "11111111-3f0e-5a1e-9c57-2f1f6f0a7d10"
GESTIONNAIRE = "8d1d1c5e-9a44-5c0b-8e39-0a2b6a6e5f21"
COLLEGUE = "22222222-9a44-5c0b-8e39-0a2b6a6e5f21"
ETRANGERE = "33333333-9a44-5c0b-8e39-0a2b6a6e5f21"
ANGLAIS = "10.DPE2-ANGLAIS"
LETTRES = "10.DPE2-LETTRES"


class CopieEnMemoire:
    """`Replica` in a dictionary."""

    def __init__(self, **connus: dict[str, Any]) -> None:
        self.connus: dict[str, dict[str, Any]] = dict(connus)

    def put(self, message: Message) -> None:
        self.connus[message.subject] = dict(message.data)

    def get(self, key: str) -> dict[str, Any] | None:
        return self.connus.get(key)

    def find(self, **equality: Any) -> list[dict[str, Any]]:
        return [c for c in self.connus.values() if all(c.get(n) == v for n, v in equality.items())]


class ListesEnMemoire:
    """`Listes` over the documents in memory."""

    def __init__(self, store: FakeDocumentStore) -> None:
        self._store = store

    def de_l_agent(self, agent: str, etat: str | None) -> list[Entete]:
        return self._triees(lambda fil: fil.agent == agent, etat)

    def des_portefeuilles(self, portefeuilles: Collection[str], etat: str | None) -> list[Entete]:
        return self._triees(lambda fil: fil.portefeuille_id in portefeuilles, etat)

    def _triees(self, garder: Any, etat: str | None) -> list[Entete]:
        lus = [make_converter().structure(d["etat"], Entete) for d in self._store.documents.values()]
        gardes = [fil for fil in lus if garder(fil) and etat in (None, fil.etat)]
        return sorted(gardes, key=lambda fil: fil.resume.dernier_message_le or fil.ouvert_le, reverse=True)


class BrouillonsEnMemoire:
    """`Brouillons` in a dictionary."""

    def __init__(self) -> None:
        self.gardes: dict[tuple[str, str], Brouillon] = {}

    def lire(self, auteur: str, cle: str) -> Brouillon | None:
        return self.gardes.get((auteur, cle))

    def garder(self, auteur: str, brouillon: Brouillon) -> None:
        self.gardes[auteur, brouillon.cle] = brouillon

    def effacer(self, auteur: str, cle: str) -> None:
        self.gardes.pop((auteur, cle), None)

    def cles(self, auteur: str) -> set[str]:
        return {cle for qui, cle in self.gardes if qui == auteur}


@dataclass
class RefusNotes:
    notes: list[tuple[str, str]] = field(default_factory=list)

    def noter(self, acteur: str, agent: str) -> None:
        self.notes.append((acteur, agent))


def personne(portefeuille_id: str | None = None, *, actif: bool = True) -> dict[str, Any]:
    return {"portefeuille_id": portefeuille_id, "compte_actif": actif, "academie": "10"}


def portefeuille(id: str, titulaire: str, *suppleances: dict[str, str]) -> dict[str, Any]:
    return {
        "portefeuille_id": id,
        "academie": "10",
        "titulaire": titulaire,
        "suppleances": list(suppleances),
    }


class Banc:
    """Everything a test of this service needs: two agents, three gestionnaires, two portefeuilles.

    It stands for the wired application too: the subscriptions' handlers take it.
    """

    def __init__(self) -> None:
        self.memoire = InMemory(FIL_KIND)
        self.clock: Clock = FixedClock(EPOCH)
        self.brouillons = BrouillonsEnMemoire()
        self.refus = RefusNotes()
        self.pieces = memory_file_store()
        gestionnaires = (GESTIONNAIRE, COLLEGUE, ETRANGERE)
        self.agents = CopieEnMemoire(
            **{AGENT: personne(ANGLAIS), AUTRE_AGENT: personne(LETTRES)},
            **{id: personne() for id in gestionnaires},
        )
        suppleance = {"personne_id": COLLEGUE, "du": "2026-09-01", "au": "2026-12-31"}
        self.portefeuilles = CopieEnMemoire(
            **{
                ANGLAIS: portefeuille(ANGLAIS, GESTIONNAIRE, suppleance),
                LETTRES: portefeuille(LETTRES, ETRANGERE),
            }
        )
        self.outils = Outils(
            depot=self.memoire.repository,
            listes=ListesEnMemoire(self.memoire.store),
            brouillons=self.brouillons,
            pieces=self.pieces,
            perimetre=Perimetre(self.agents, self.portefeuilles, self.refus),
            modeles=charger(),
        )

    def piece(self, deposant: str = AGENT, agent: str = AGENT) -> dict[str, str]:
        """A file already received."""
        recue = self.pieces.deposit(BytesIO(a_pdf()), "rib.pdf", deposant, agent, "fichier", self.clock.now())
        return {"usage": "fichier", "ref": recue.ref}
