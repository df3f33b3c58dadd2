"""First pass: the whole file is read once; good lines are set apart, bad ones reported."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from identity.application.ports import Acceptees, Forme, Ligne, LigneLue, Rapport, Suivi
from identity.domain.controles import Anomalie, Controles
from identity.domain.courriels import Courriels
from identity.domain.entete import TYPES, EnTete, FichierRefuse
from identity.domain.nomenclatures import Nomenclatures
from identity.domain.references import DOUBLONS, ETABLISSEMENT, GESTIONNAIRE, References

ETAPE = "Vérification"
LISTES_AGENT = (
    "enfants", "positions", "modalites_service", "conges", "appreciations", "diplomes", "distinctions",
)  # fmt: skip
ABSENTS_AGENT = ("coordonnees_bancaires", "situation_familiale", "anciennete", "discipline")


@dataclass
class Bilan:
    """`ecartees`: lines not loaded; `signalees`: lines loaded, with something to look at."""

    en_tete: EnTete
    acceptees: int = 0
    ecartees: int = 0
    signalees: int = 0


def valider(
    lignes: Iterator[LigneLue],
    forme: Forme,
    nomenclatures: Nomenclatures,
    acceptees: Acceptees,
    rapport: Rapport,
    suivi: Suivi,
) -> Bilan:
    """Raises FichierRefuse when the header is wrong or the file does not hold what it announces."""
    en_tete, premiere = _en_tete(lignes, forme, nomenclatures)
    acceptees.ajouter(premiere)
    passe = _Passe(en_tete, forme, Controles(nomenclatures, en_tete.arrete_au), acceptees, rapport)
    for fait, ligne in enumerate(lignes, 1):
        passe.lire(ligne)
        suivi.avancer(ETAPE, fait, en_tete.total)
    return passe.conclure()


def _en_tete(lignes: Iterator[LigneLue], forme: Forme, nomenclatures: Nomenclatures) -> tuple[EnTete, Ligne]:
    premiere = next(lignes, None)
    if premiere is None:
        raise FichierRefuse("Le fichier est vide.")
    if premiere.contenu is None:
        raise FichierRefuse(f"La première ligne n’est pas un en-tête d’extrait. {premiere.defaut}")
    defaut = forme.defaut(premiere.contenu, "extrait")
    if defaut is not None:
        raise FichierRefuse(f"L’en-tête n’est pas celui d’un extrait : {defaut.champ} – {defaut.raison}")
    en_tete = EnTete.lire(premiere.contenu)
    if en_tete.academie not in nomenclatures.academies:
        raise FichierRefuse("L’académie de l’en-tête est inconnue.")
    return en_tete, premiere.contenu


class _Passe:
    def __init__(
        self, en_tete: EnTete, forme: Forme, controles: Controles, acceptees: Acceptees, rapport: Rapport
    ) -> None:
        self._bilan = Bilan(en_tete)
        self._forme = forme
        self._controles = controles
        self._acceptees = acceptees
        self._rapport = rapport
        self._references = References()
        self._courriels = Courriels()
        self._lues: Counter[str] = Counter()
        self._illisibles = 0

    def lire(self, ligne: LigneLue) -> None:
        if ligne.inachevee:
            raise FichierRefuse(f"Le fichier s’arrête au milieu de la ligne {ligne.numero}.")
        anomalies = list(self._anomalies(ligne))
        ecartee = any(anomalie.ecartee for anomalie in anomalies)
        for anomalie in anomalies:
            self._rapport.noter(ligne.numero, anomalie.champ, anomalie.raison, ecartee=ecartee)
        self._compter(ecartee, bool(anomalies))
        if not ecartee and ligne.contenu is not None:
            self._acceptees.ajouter(ligne.contenu)
            self._citer(ligne.numero, ligne.contenu)

    def conclure(self) -> Bilan:
        self._bilan.en_tete.verifier_comptes(self._lues, self._illisibles)
        for numero, champ, raison in self._references.inconnues():
            self._rapport.noter(numero, champ, raison, ecartee=False)
            self._bilan.signalees += 1
        return self._bilan

    def _compter(self, ecartee: bool, signalee: bool) -> None:
        self._bilan.ecartees += ecartee
        self._bilan.acceptees += not ecartee
        self._bilan.signalees += signalee and not ecartee

    def _anomalies(self, ligne: LigneLue) -> Iterator[Anomalie]:
        contenu = ligne.contenu
        nature = contenu.get("type") if contenu is not None else None
        if contenu is None or nature not in TYPES:
            self._illisibles += 1
            yield Anomalie("" if contenu is None else "type", ligne.defaut or "Ce type de ligne est inconnu.")
            return
        self._lues[nature] += 1
        defaut = self._forme.defaut(contenu, nature)
        if defaut is not None:
            yield defaut
            return
        yield from self._anomalies_de_sens(contenu, nature)

    def _anomalies_de_sens(self, contenu: Ligne, nature: str) -> Iterator[Anomalie]:
        if nature == "agent":
            _completer(contenu)
        propres = self._controles.anomalies(contenu)
        yield from propres
        if propres:
            return
        cle, raison = DOUBLONS[nature]
        if not self._references.definir(nature, contenu[cle]):
            yield Anomalie(cle, raison)
        else:
            yield from self._courriel(contenu, nature)

    def _courriel(self, contenu: Ligne, nature: str) -> Iterator[Anomalie]:
        champ, courriel = courriel_de(contenu, nature)
        defaut = self._courriels.defaut(courriel)
        if defaut is not None:
            yield Anomalie(champ, defaut, ecartee=False)

    def _citer(self, numero: int, ligne: Ligne) -> None:
        nature = ligne["type"]
        if nature == "personnel":
            if GESTIONNAIRE in ligne["roles"]:
                self._references.definir(GESTIONNAIRE, ligne["matricule"])
            if ligne.get("uai"):
                self._references.citer(ETABLISSEMENT, ligne["uai"], numero, "uai")
        elif nature == "portefeuille":
            for rang, matricule in enumerate(ligne["gestionnaires"]):
                self._references.citer(GESTIONNAIRE, matricule, numero, f"gestionnaires[{rang}]")
        elif nature == "agent":
            for rang, affectation in enumerate(ligne["affectations"]):
                self._references.citer(ETABLISSEMENT, affectation["uai"], numero, f"affectations[{rang}].uai")


def courriel_de(ligne: Mapping[str, Any], nature: str) -> tuple[str, Any]:
    """The field that holds the courriel of a person's line, and its value."""
    if nature == "agent":
        return "coordonnees.courriel", ligne["coordonnees"].get("courriel")
    return "courriel", ligne.get("courriel") if nature == "personnel" else None


def _completer(agent: Ligne) -> None:
    """An agent's optional parts are always there in the accepted file: empty lists and nulls."""
    for champ in LISTES_AGENT:
        agent.setdefault(champ, [])
    for champ in ABSENTS_AGENT:
        agent.setdefault(champ, None)
