"""What may be read of the courrier, by whom."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from chassis.clock import paris_date
from chassis.commands import Acteur
from chassis.errors import Introuvable
from courrier.application.outils import Outils
from courrier.application.perimetre import INCONNU, ROLE_GESTIONNAIRE
from courrier.application.ports import Brouillon
from courrier.domain.echange import Auteur
from courrier.domain.fil import ECHANGE, Entete, Fil, PieceJointe
from courrier.domain.transitions import AGENT, GESTIONNAIRE


@dataclass(frozen=True)
class Liste:
    """Threads as one side sees them; `brouillons` are those she began to answer."""

    fils: Sequence[Entete]
    cote: str
    brouillons: Collection[str]

    @property
    def non_lus(self) -> int:
        """How many threads hold something to read."""
        return sum(1 for fil in self.fils if fil.non_lus(self.cote))


def lister(
    outils: Outils, acteur: Acteur, le: datetime, etat: str | None = None, agent: str | None = None
) -> Liste:
    """An agent's own threads; a gestionnaire's, or those of one of her agents (exchanges only)."""
    outils.perimetre.refuser_compte_ferme(acteur)
    brouillons = outils.brouillons.cles(acteur.id)
    if agent is not None and agent != acteur.id:
        outils.perimetre.auteur(acteur, agent, paris_date(le))
        fils = [fil for fil in outils.listes.de_l_agent(agent, etat) if fil.nature == ECHANGE]
        return Liste(fils, GESTIONNAIRE, brouillons)
    if not acteur.a_le_role(ROLE_GESTIONNAIRE):
        return Liste(outils.listes.de_l_agent(acteur.id, etat), AGENT, brouillons)
    portefeuilles = outils.perimetre.portefeuilles_de(acteur, paris_date(le))
    return Liste(outils.listes.des_portefeuilles(portefeuilles, etat), GESTIONNAIRE, brouillons)


def fil(outils: Outils, acteur: Acteur, fil_id: str, le: datetime) -> tuple[Fil, Auteur]:
    """A whole thread, and as whom this person sees it. Raises Introuvable."""
    lu = outils.depot.get(fil_id)
    auteur = outils.perimetre.auteur(acteur, lu.agent, paris_date(le))
    if lu.nature != ECHANGE and auteur.qualite != AGENT:
        raise Introuvable(INCONNU)
    return lu, auteur


def piece(outils: Outils, acteur: Acteur, fil_id: str, message: str, n: int, le: datetime) -> PieceJointe:
    """A file of a message. Raises Introuvable."""
    lu, _ = fil(outils, acteur, fil_id, le)
    return lu.message(message).piece(n)


def brouillon(outils: Outils, acteur: Acteur, cle: str) -> Brouillon:
    """Raises Introuvable when nothing was kept."""
    garde = outils.brouillons.lire(acteur.id, cle)
    if garde is None:
        raise Introuvable("Aucun brouillon n’est gardé ici.")
    return garde
