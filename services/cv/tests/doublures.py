"""The service over memory: the real rules, no server."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from io import BytesIO
from typing import Any

from cv.adapters.catalogue import charger
from cv.adapters.publications import CV_KIND
from cv.application.outils import Outils
from cv.application.perimetre import Perimetre
from cv.domain.brouillon import Brouillon

from chassis.consultations import Consultation
from chassis.messages import Message
from chassis.testing.clock import EPOCH, FixedClock
from chassis.testing.files import a_pdf, memory_file_store
from chassis.testing.memory import InMemory

AGENT = "5b0c8a52-3f0e-5a1e-9c57-2f1f6f0a7d10"
AUTRE_AGENT = "11111111-3f0e-5a1e-9c57-2f1f6f0a7d10"
GESTIONNAIRE = "8d1d1c5e-9a44-5c0b-8e39-0a2b6a6e5f21"
COLLEGUE = "22222222-9a44-5c0b-8e39-0a2b6a6e5f21"
ETRANGERE = "33333333-9a44-5c0b-8e39-0a2b6a6e5f21"
ANGLAIS = "10.DPE2-ANGLAIS"
LETTRES = "10.DPE2-LETTRES"


class BrouillonsEnMemoire:
    """`Brouillons` in a dictionary."""

    def __init__(self) -> None:
        self.gardes: dict[str, Brouillon] = {}

    def de(self, agent: str) -> list[Brouillon]:
        return [replace(b) for b in self.gardes.values() if b.agent == agent]

    def lire(self, agent: str, element_id: str) -> Brouillon | None:
        trouve = self.gardes.get(element_id)
        return replace(trouve) if trouve and trouve.agent == agent else None

    def creer(self, brouillon: Brouillon) -> bool:
        return self.gardes.setdefault(brouillon.id, brouillon) is brouillon

    def remplacer(self, brouillon: Brouillon, rev: int) -> bool:
        present = self.gardes.get(brouillon.id)
        if present is None or present.rev != rev:
            return False
        self.gardes[brouillon.id] = brouillon
        return True

    def effacer(self, agent: str, element_id: str) -> None:
        if self.lire(agent, element_id) is not None:
            del self.gardes[element_id]


class CopieEnMemoire:
    """`Replica` in a dictionary."""

    def __init__(self, **connus: dict[str, Any]) -> None:
        self.connus: dict[str, dict[str, Any]] = dict(connus)

    def put(self, message: Message) -> None:
        self.connus[message.subject] = dict(message.data)

    def deny(self, key: str) -> None:
        self.connus.pop(key, None)

    def get(self, key: str) -> dict[str, Any] | None:
        return self.connus.get(key)

    def find(self, **equality: Any) -> list[dict[str, Any]]:
        return [c for c in self.connus.values() if all(c.get(n) == v for n, v in equality.items())]


@dataclass
class ConsultationsEnMemoire:
    faites: list[Consultation] = field(default_factory=list)

    def record(self, sujet: str, acteur: str, role: str, motif: str, now: datetime) -> None:
        self.faites.append(Consultation(sujet, acteur, role, motif, now))

    def of(self, sujet: str, limit: int = 200) -> list[Consultation]:
        return [une for une in reversed(self.faites) if une.sujet == sujet][:limit]


@dataclass
class RefusNotes:
    notes: list[tuple[str, str]] = field(default_factory=list)

    def noter(self, acteur: str, agent: str) -> None:
        self.notes.append((acteur, agent))


def agent(portefeuille_id: str | None = ANGLAIS, *, actif: bool = True) -> dict[str, Any]:
    return {"nature": "agent", "portefeuille_id": portefeuille_id, "compte_actif": actif}


def portefeuille(id: str, titulaire: str) -> dict[str, Any]:
    return {"portefeuille_id": id, "titulaire": titulaire, "suppleances": []}


class Banc:
    """Everything a test of this service needs: two agents, three gestionnaires, two portefeuilles."""

    def __init__(self) -> None:
        self.memoire = InMemory(CV_KIND)
        self.clock = FixedClock(EPOCH)
        self.brouillons = BrouillonsEnMemoire()
        self.consultations = ConsultationsEnMemoire()
        self.refus = RefusNotes()
        self.pieces = memory_file_store()
        self.agents = CopieEnMemoire(
            **{
                AGENT: agent(),
                AUTRE_AGENT: agent(LETTRES),
                GESTIONNAIRE: agent(None),
                COLLEGUE: agent(None),
                ETRANGERE: agent(None),
            }
        )
        self.portefeuilles = CopieEnMemoire(
            **{
                ANGLAIS: {
                    **portefeuille(ANGLAIS, GESTIONNAIRE),
                    "suppleances": [{"personne_id": COLLEGUE, "du": "2026-09-01", "au": "2026-12-31"}],
                },
                LETTRES: portefeuille(LETTRES, ETRANGERE),
            }
        )
        self.outils = Outils(
            depot=self.memoire.repository,
            brouillons=self.brouillons,
            pieces=self.pieces,
            perimetre=Perimetre(self.agents, self.portefeuilles, self.refus),
            consultations=self.consultations,
            catalogue=charger(),
        )

    def piece(self, usage: str = "diplome", deposant: str = AGENT) -> dict[str, str]:
        """A file already received."""
        recue = self.pieces.deposit(
            BytesIO(a_pdf()), "licence.pdf", deposant, deposant, usage, self.clock.now()
        )
        return {"usage": usage, "ref": recue.ref}
