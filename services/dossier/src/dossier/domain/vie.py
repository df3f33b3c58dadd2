"""What happens to a reported change, from the report to the decision. Each act follows TRANSITIONS."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from chassis.clock import paris_date
from chassis.transitions import Transition
from dossier.domain.catalogue import AJOUTE, AUCUN, REMPLACE, Cas, Rubrique
from dossier.domain.changement import Acte, Changement, Complement, Issue, PieceJointe
from dossier.domain.declaration import Verifiee, entree_visee
from dossier.domain.dossier import Dossier, NouvelleEntree
from dossier.domain.entrees import SIGNALE as ORIGINE_SIGNALE
from dossier.domain.entrees import Decision, meme_contenu
from dossier.domain.erreurs import DetenuParUnAutre, TransitionInterdite, champ_invalide
from dossier.domain.evenements import CHANGEMENT, DossierMisAJour, Evenement, EvenementDeChangement
from dossier.domain.transitions import DETENTEUR, GESTIONNAIRE, TRANSITIONS

IMPOSSIBLE = (
    "Ce n’est plus possible : cette demande a avancé depuis. Rouvrez la page pour voir où elle en est."
)
# The id comes from the repetition key, which a sender may use again long after it was forgotten.
DEJA_ENVOYEE = "Cette demande a déjà été envoyée : ouvrez-la depuis la liste de vos demandes."


@dataclass(frozen=True)
class Auteur:
    """Who acts on a request: `qualite` is agent, gestionnaire or systeme."""

    id: str
    qualite: str

    def qualites(self, changement: Changement) -> frozenset[str]:
        if self.qualite == GESTIONNAIRE and changement.pris_par == self.id:
            return frozenset({GESTIONNAIRE, DETENTEUR})
        return frozenset({self.qualite})


def possibles(changement: Changement, auteur: Auteur) -> tuple[str, ...]:
    """The commands this person may give now."""
    return TRANSITIONS.commandes_possibles(changement.etat, auteur.qualites(changement))


def signaler(dossier: Dossier, changement: Changement, cas: Cas) -> list[Evenement]:
    """A new request. Raises DonneesInvalides when it would change nothing."""
    if changement.id in dossier.changements:
        raise TransitionInterdite(DEJA_ENVOYEE)
    [etape] = TRANSITIONS.etapes(None, "signaler")
    refuser_sans_effet(dossier, changement, cas)
    changement.chronologie.append(Acte(etape.commande, etape.vers, dossier.id, changement.signale_le, None))
    dossier.changements[changement.id] = changement
    return [_evenement(etape, changement)]


def refuser_sans_effet(dossier: Dossier, changement: Changement, cas: Cas) -> None:
    """Raises DonneesInvalides when the file already says this."""
    jour = paris_date(changement.signale_le)
    etats = [chaine.etat(jour) for chaine in dossier.chaines(changement.rubrique)]
    if cas.effet == AJOUTE and any(meme_contenu(etat, changement.valeurs) for etat in etats):
        raise champ_invalide("", "Cette information est déjà dans votre dossier.")
    if cas.effet == REMPLACE and etats and meme_contenu({**etats[-1], **changement.valeurs}, etats[-1]):
        raise champ_invalide("", "Rien ne change : ce sont déjà les informations de votre dossier.")


def prendre_en_charge(changement: Changement, auteur: Auteur, le: datetime) -> list[Evenement]:
    etape = _etape(changement, "prendre_en_charge", auteur)
    changement.pris_par = auteur.id
    return _passer(changement, etape, auteur, le)


def liberer(
    changement: Changement, auteur: Auteur, le: datetime, motif: str | None = None
) -> list[Evenement]:
    etape = _etape(changement, "liberer", auteur)
    changement.pris_par = None
    return _passer(changement, etape, auteur, le, code=motif, motif=motif)


def refuser(
    changement: Changement, auteur: Auteur, le: datetime, motif: str, modele: str | None
) -> list[Evenement]:
    """Raises DonneesInvalides without a reason: a refusal is always explained."""
    etape = _etape(changement, "refuser", auteur)
    _exiger_motif(motif)
    changement.decision = Issue("refuse", motif.strip(), modele, auteur.id, le)
    changement.echeance = None
    return _passer(changement, etape, auteur, le, code=modele, motif=motif.strip())


def demander_complement(
    changement: Changement, auteur: Auteur, le: datetime, complement: Complement
) -> list[Evenement]:
    etape = _etape(changement, "demander_complement", auteur)
    _exiger_motif(complement.motif)
    if complement.avant is not None and complement.avant < paris_date(le):
        raise champ_invalide("avant", "Cette date est passée : laissez à l’agent le temps de répondre.")
    changement.complement = complement
    changement.echeance = complement.avant
    return _passer(changement, etape, auteur, le, code=complement.modele, motif=complement.motif)


def completer(
    changement: Changement,
    auteur: Auteur,
    le: datetime,
    verifiee: Verifiee,
    pieces: Sequence[PieceJointe],
    message: str,
    echeance: date,
) -> list[Evenement]:
    """The whole of the answers as they now stand; files are added to those already there."""
    etape = _etape(changement, "completer", auteur)
    changement.valeurs = verifiee.valeurs
    changement.date_effet = verifiee.date_effet
    changement.pieces.extend(pieces)
    changement.message = message or changement.message
    changement.echeance = echeance
    return _passer(changement, etape, auteur, le)


def annuler(changement: Changement, auteur: Auteur, le: datetime) -> list[Evenement]:
    etape = _etape(changement, "annuler", auteur)
    changement.echeance = None
    return _passer(changement, etape, auteur, le)


def reprendre(changement: Changement, auteur: Auteur, le: datetime) -> list[Evenement]:
    """The HR base now holds what was asked for."""
    etape = _etape(changement, "reprendre", auteur)
    changement.echeance = None
    return _passer(changement, etape, auteur, le)


def accepter(
    dossier: Dossier,
    changement: Changement,
    cas: Cas,
    rubrique: Rubrique,
    auteur: Auteur,
    le: datetime,
    vu: Sequence[str],
    entree_id: str,
) -> list[Evenement]:
    """The value enters the file at once, and waits for the HR base to take it up."""
    etape = _etape(changement, "accepter", auteur)
    changement.decision = Issue("accepte", None, None, auteur.id, le, tuple(vu))
    changement.echeance = None
    evenements = _passer(changement, etape, auteur, le)
    if cas.effet == AUCUN:
        return evenements
    dossier.ajouter(_entree_acceptee(dossier, changement, cas, rubrique, entree_id), paris_date(le))
    return [*evenements, DossierMisAJour((changement.rubrique,), "changement", changement.id)]


def _entree_acceptee(
    dossier: Dossier, changement: Changement, cas: Cas, rubrique: Rubrique, entree_id: str
) -> NouvelleEntree:
    visee = entree_visee(cas, changement.valeurs)
    decision = changement.decision
    assert decision is not None
    return NouvelleEntree(
        id=entree_id,
        rubrique=changement.rubrique,
        valeurs={nom: valeur for nom, valeur in changement.valeurs.items() if rubrique.champ(nom)},
        origine=ORIGINE_SIGNALE,
        source=changement.reference,
        date_effet=changement.date_effet,
        remplace=_remplacee(dossier, rubrique, visee),
        en_attente_reprise=True,
        decision=Decision(decision.par, decision.le, changement.reference, changement.id),
    )


def _remplacee(dossier: Dossier, rubrique: Rubrique, visee: str | None) -> str | None:
    if visee is not None:
        return dossier.tete_de(visee)
    suites = dossier.chaines(rubrique.code) if rubrique.unique else ()
    return suites[-1].tete.id if suites else None


def _etape(changement: Changement, commande: str, auteur: Auteur) -> Transition:
    """The row of the table that applies. Raises TransitionInterdite or DetenuParUnAutre."""
    rangees = TRANSITIONS.etapes(changement.etat, commande)
    qualites = auteur.qualites(changement)
    permises = [etape for etape in rangees if etape.par in qualites]
    if permises:
        return permises[0]
    if any(etape.par == DETENTEUR for etape in rangees) and auteur.qualite == GESTIONNAIRE:
        raise DetenuParUnAutre(changement.pris_par)
    if commande == "prendre_en_charge" and changement.pris_par not in (None, auteur.id):
        raise DetenuParUnAutre(changement.pris_par)
    raise TransitionInterdite(IMPOSSIBLE)


def _passer(
    changement: Changement,
    etape: Transition,
    auteur: Auteur,
    le: datetime,
    *,
    code: str | None = None,
    motif: str | None = None,
) -> list[Evenement]:
    changement.passe(etape.vers, etape.commande, auteur.id, le, motif)
    return [_evenement(etape, changement, code)]


def _evenement(etape: Transition, changement: Changement, code: str | None = None) -> EvenementDeChangement:
    return CHANGEMENT[etape.evenement](changement.id, code)


def _exiger_motif(motif: str) -> None:
    if not motif.strip():
        raise champ_invalide("motif", "Écrivez le motif : l’agent le lira.")
