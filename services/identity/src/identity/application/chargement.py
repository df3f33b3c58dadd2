"""Second pass: the accepted lines become persons and portefeuilles. Done twice, it changes nothing."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from chassis.commands import CommandContext
from chassis.repository import Repository
from contracts.personnes import empreinte_de_cle
from identity.application.enregistrement import enregistrer_personne, enregistrer_portefeuille
from identity.application.personnes_de_l_extrait import Arrivante, Traducteur, etablissement
from identity.application.ports import Etablissements, Extraits, Identifiants, Ligne, Lots, Suivi
from identity.domain.entete import EnTete, verifier_suite
from identity.domain.portefeuille import Portefeuille
from identity.domain.references import GESTIONNAIRE

ETAPE = "Chargement"
LOT = 500
T = TypeVar("T")


@dataclass(frozen=True)
class Depots:
    lots: Lots
    portefeuilles: Repository[Portefeuille]
    identifiants: Identifiants
    etablissements: Etablissements
    extraits: Extraits


@dataclass
class Charge:
    """`ailleurs`: agents another académie's extract brought first; they are left as they are."""

    nouvelles: int = 0
    connues: int = 0
    ailleurs: int = 0
    sans_portefeuille: int = 0


def verifier_avant_chargement(extraits: Extraits, en_tete: EnTete, cle: bytes) -> None:
    """Raises FichierRefuse: another key of persons, or an extract that does not follow the last one."""
    extraits.verifier_cle(empreinte_de_cle(cle))
    verifier_suite(en_tete.academie, extraits.arrete_au(en_tete.academie), en_tete.arrete_au)


def charger(
    en_tete: EnTete,
    relire: Callable[[], Iterator[Ligne]],
    depots: Depots,
    traducteur: Traducteur,
    contexte: CommandContext,
    suivi: Suivi,
) -> Charge:
    """`relire` starts the accepted lines again from the first after the header. Raises Indisponible."""
    depots.extraits.noter(en_tete.academie, en_tete.arrete_au, contexte.now, termine=False)
    chargement = _Chargement(depots, traducteur, contexte, en_tete, suivi)
    chargement.etablissements(_de_type(relire(), "etablissement"))
    chargement.personnels(_de_type(relire(), "personnel"))
    portefeuilles = chargement.portefeuilles(_de_type(relire(), "portefeuille"), relire)
    chargement.agents(_de_type(relire(), "agent"), portefeuilles)
    depots.extraits.noter(en_tete.academie, en_tete.arrete_au, contexte.now, termine=True)
    return chargement.charge


class _Chargement:
    def __init__(
        self,
        depots: Depots,
        traducteur: Traducteur,
        contexte: CommandContext,
        en_tete: EnTete,
        suivi: Suivi,
    ) -> None:
        self._depots = depots
        self._traducteur = traducteur
        self._contexte = contexte
        self._en_tete = en_tete
        self._suivi = suivi
        self._fait = 0
        self.charge = Charge()

    def etablissements(self, lignes: Iterable[Ligne]) -> None:
        for lot in par_lots(lignes):
            self._depots.etablissements.enregistrer([etablissement(ligne) for ligne in lot])
            self._avancer(len(lot))

    def personnels(self, lignes: Iterable[Ligne]) -> None:
        for lot in par_lots(lignes):
            self._enregistrer([self._traducteur.personnel(ligne) for ligne in lot])

    def portefeuilles(
        self, lignes: Iterable[Ligne], relire: Callable[[], Iterator[Ligne]]
    ) -> Sequence[Portefeuille]:
        gestionnaires = frozenset(
            ligne["matricule"] for ligne in _de_type(relire(), "personnel") if GESTIONNAIRE in ligne["roles"]
        )
        lus = [self._traducteur.portefeuille(ligne, rang, gestionnaires) for rang, ligne in enumerate(lignes)]
        for portefeuille in lus:
            enregistrer_portefeuille(self._depots.portefeuilles, portefeuille, self._contexte)
        self._avancer(len(lus))
        return lus

    def agents(self, lignes: Iterable[Ligne], portefeuilles: Sequence[Portefeuille]) -> None:
        for lot in par_lots(lignes):
            self._enregistrer([self._traducteur.agent(ligne, portefeuilles) for ligne in lot])

    def _enregistrer(self, arrivantes: Sequence[Arrivante]) -> None:
        connues = self._depots.lots.academies([arrivante.id for arrivante in arrivantes])
        nouvelles = [arrivante for arrivante in arrivantes if arrivante.id not in connues]
        self._enregistrer_nouvelles(nouvelles)
        ailleurs = sum(academie != self._en_tete.academie for academie in connues.values())
        self.charge.connues += len(connues) - ailleurs
        self.charge.ailleurs += ailleurs
        self._avancer(len(arrivantes))

    def _enregistrer_nouvelles(self, nouvelles: Sequence[Arrivante]) -> None:
        if not nouvelles:
            return
        noms = self._depots.identifiants.attribuer({a.id: a.base for a in nouvelles})
        with self._depots.lots.ouvrir() as personnes:
            for arrivante in nouvelles:
                personne = arrivante.personne(noms[arrivante.id])
                enregistrer_personne(personnes, personne, self._contexte)
                self.charge.sans_portefeuille += bool(personne.numen) and personne.portefeuille_id is None
        self.charge.nouvelles += len(nouvelles)

    def _avancer(self, lignes: int) -> None:
        self._fait += lignes
        self._suivi.avancer(ETAPE, self._fait, self._en_tete.total)


def _de_type(lignes: Iterable[Ligne], nature: str) -> Iterator[Ligne]:
    return (ligne for ligne in lignes if ligne["type"] == nature)


def par_lots(choses: Iterable[T], taille: int = LOT) -> Iterator[list[T]]:
    suite = iter(choses)
    while lot := list(islice(suite, taille)):
        yield lot
