"""A thread: what was written, by which side, and what is still to be read."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from chassis.errors import Introuvable
from courrier.domain.transitions import AGENT, CLOS, GESTIONNAIRE, OUVERT, SYSTEME

ECHANGE = "echange"
AVIS = "avis"
EXTRAIT_MAX = 140


@dataclass(frozen=True)
class PieceJointe:
    """A file sent with a message. `taille` in bytes, `pages` the number of page images."""

    n: int
    ref: str
    nom: str
    type: str
    taille: int
    pages: int
    analyse: str
    deposee_le: datetime


@dataclass(frozen=True)
class ObjetDAvis:
    """What a notice is about: `type` is what happened, `lien` the page to open, `libelle` its name."""

    source: str
    type: str
    objet_id: str
    libelle: str
    lien: str


@dataclass
class Message:
    """`cote`: agent, gestionnaire or systeme; `lu_le` when the other side opened it; `rang` its order."""

    id: str
    rang: int
    cote: str
    auteur: str
    texte: str
    envoye_le: datetime
    pieces: list[PieceJointe] = field(default_factory=list)
    lu_le: datetime | None = None
    avis: ObjetDAvis | None = None
    rev: int = 0

    def a_lire_par(self, cote: str) -> bool:
        """Not read yet, and written by the other side."""
        if self.lu_le is not None or cote == self.cote:
            return False
        return cote == AGENT or self.cote == AGENT

    def piece(self, n: int) -> PieceJointe:
        """Raises Introuvable."""
        for piece in self.pieces:
            if piece.n == n:
                return piece
        raise Introuvable("Ce fichier n’existe pas ou ne vous est pas ouvert.")


@dataclass
class Resume:
    """What a list shows of a thread, kept true at each act so that lists never read the messages."""

    dernier_message_id: str = ""
    dernier_message_le: datetime | None = None
    dernier_auteur: str = SYSTEME
    extrait: str = ""
    nb_messages: int = 0
    non_lus_agent: int = 0
    non_lus_gestionnaire: int = 0


@dataclass
class Entete:
    """A thread without its messages. It is addressed to a portefeuille, never to a person;
    `affecte_a` is who took it there."""

    id: str
    agent: str
    nature: str
    sujet: str
    ouvert_le: datetime
    portefeuille_id: str | None = None
    etat: str = OUVERT
    affecte_a: str | None = None
    resume: Resume = field(default_factory=Resume)
    rev: int = 0

    @property
    def attend(self) -> str:
        """Who has the next word: gestionnaire, agent or personne."""
        if self.nature == AVIS or self.etat == CLOS:
            return "personne"
        return GESTIONNAIRE if self.resume.dernier_auteur == AGENT else AGENT

    def non_lus(self, cote: str) -> int:
        return self.resume.non_lus_agent if cote == AGENT else self.resume.non_lus_gestionnaire


@dataclass
class Fil(Entete):
    """`refs` are the files any of its messages names."""

    messages: dict[str, Message] = field(default_factory=dict)
    refs: list[str] = field(default_factory=list)

    @property
    def items(self) -> dict[str, "Message | Self"]:
        """The messages, and the thread itself for what concerns all of it."""
        return {self.id: self, **self.messages}

    def dans_l_ordre(self) -> list[Message]:
        return sorted(self.messages.values(), key=lambda message: message.rang)

    def message(self, id: str) -> Message:
        """Raises Introuvable."""
        try:
            return self.messages[id]
        except KeyError:
            raise Introuvable("Ce message n’existe pas ou ne vous est pas ouvert.") from None

    def ajouter(self, message: Message) -> None:
        self.messages[message.id] = message
        self.refs = sorted({*self.refs, *(piece.ref for piece in message.pieces)})
        self.resume.dernier_message_id = message.id
        self.resume.dernier_message_le = message.envoye_le
        self.resume.dernier_auteur = message.cote
        self.resume.extrait = extrait(message.texte)
        self.compter()

    def compter(self) -> None:
        messages = self.messages.values()
        self.resume.nb_messages = len(messages)
        self.resume.non_lus_agent = sum(message.a_lire_par(AGENT) for message in messages)
        self.resume.non_lus_gestionnaire = sum(message.a_lire_par(GESTIONNAIRE) for message in messages)


def extrait(texte: str) -> str:
    """The first words of a message on one line; « … » says there is more."""
    ligne = " ".join(texte.split())
    if len(ligne) <= EXTRAIT_MAX:
        return ligne
    return f"{ligne[: EXTRAIT_MAX + 1].rpartition(' ')[0] or ligne[:EXTRAIT_MAX]} …"
