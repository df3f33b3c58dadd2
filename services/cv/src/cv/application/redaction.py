"""Writing drafts: apart from the CV, without events, seen by their author only."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from chassis.clock import paris_date
from chassis.commands import CommandContext, Expected
from chassis.errors import CleReutilisee, Conflit, DonneesInvalides, EtatPerime, Introuvable
from chassis.ids import derived_id
from cv.application.commandes import AjouterElement, ModifierElement, PieceFournie
from cv.application.outils import Outils
from cv.application.vue import Resultat, Vue, VueElement, vue_de_l_agent
from cv.domain.brouillon import Brouillon, versions_soumises
from cv.domain.catalogue import Rubrique
from cv.domain.element import CV, PieceJointe, Valeurs
from cv.domain.saisie import erreurs_de_pieces, lire
from cv.domain.transitions import AGENT

BROUILLON_MODIFIE = (
    "Ce brouillon a été modifié ailleurs depuis. Voici ce qu’il contient ; votre texte est gardé."
)
BROUILLONS_MAX = 200


def ajouter(outils: Outils, commande: AjouterElement, contexte: CommandContext) -> Resultat:
    """A new draft. Its id comes from the key, so that a second sending finds the first."""
    exiger_agent(outils, commande.agent, contexte)
    rubrique = outils.catalogue.rubrique(commande.rubrique, paris_date(contexte.now))
    valeurs = _valeurs(rubrique, commande.valeurs, commande.pieces, contexte.now)
    _refuser_trop_de_brouillons(outils, commande.agent)
    id = derived_id("element", contexte.acteur.id, contexte.key or "")
    brouillon = Brouillon(
        id=id,
        agent=commande.agent,
        rubrique=rubrique.code,
        base=0,
        modifie_le=contexte.now,
        valeurs=valeurs,
        pieces=_pieces(outils, rubrique, commande.pieces, [], contexte),
        cle=contexte.key,
        empreinte=contexte.body_digest,
    )
    if not outils.brouillons.creer(brouillon):
        _refuser_autre_contenu(outils.brouillons.lire(commande.agent, id), contexte)
    return etat_present(outils, commande.agent, id)


def modifier(
    outils: Outils, commande: ModifierElement, contexte: CommandContext, attendu: Expected | None
) -> Resultat:
    """Writes over the draft, or begins one over what was submitted. Raises EtatPerime, Introuvable."""
    exiger_agent(outils, commande.agent, contexte)
    cv, ancien = lire_cv(outils, commande.agent), outils.brouillons.lire(commande.agent, commande.element)
    if ancien is not None and ancien.cle == contexte.key:
        _refuser_autre_contenu(ancien, contexte)
        return etat_present(outils, commande.agent, commande.element)
    vue = vue_de_l_agent(cv, [ancien] if ancien else [])
    refuser_perime(vue, commande.element, attendu)
    nouveau = _recopie(outils, cv, vue, commande, contexte)
    if not _ecrire(outils, nouveau, ancien):
        raise _perime(vue_actuelle(outils, commande.agent), commande.element)
    return etat_present(outils, commande.agent, commande.element)


def abandonner(
    outils: Outils, brouillon: Brouillon, vue: Vue, contexte: CommandContext, attendu: Expected | None
) -> Resultat:
    """Empties the draft; what was submitted before it, if anything, is shown again."""
    refuser_perime(vue, brouillon.id, attendu)
    vide = replace(
        brouillon,
        valeurs={},
        pieces=[],
        abandonne_le=contexte.now,
        cle=contexte.key,
        empreinte=contexte.body_digest,
        rev=brouillon.rev + 1,
    )
    if not outils.brouillons.remplacer(vide, brouillon.rev):
        raise _perime(vue_actuelle(outils, brouillon.agent), brouillon.id)
    return etat_present(outils, brouillon.agent, brouillon.id)


def exiger_agent(outils: Outils, agent: str, contexte: CommandContext) -> None:
    """Raises Introuvable unless the person writes in her own CV."""
    auteur = outils.perimetre.auteur(contexte.acteur, agent, paris_date(contexte.now))
    if auteur.qualite != AGENT:
        raise Introuvable("Seule la personne concernée écrit dans son CV.")


def lire_cv(outils: Outils, agent: str) -> CV:
    return outils.depot.read(agent) or CV(agent)


def vue_actuelle(outils: Outils, agent: str) -> Vue:
    return vue_de_l_agent(lire_cv(outils, agent), outils.brouillons.de(agent))


def etat_present(outils: Outils, agent: str, element_id: str) -> Resultat:
    """The element as its author sees it. A draft is told to nobody: its seq is 0."""
    element = vue_actuelle(outils, agent).elements.get(element_id)
    if element is None:
        element = _abandonne(outils, agent, element_id)
    return Resultat(element, 0 if element.brouillon else element.rev)


def refuser_perime(vue: Vue, element_id: str, attendu: Expected | None) -> None:
    """Raises Introuvable, or EtatPerime when the author was looking at another revision."""
    element = vue.element(element_id)
    if attendu is not None and attendu.rev != element.rev:
        raise _perime(vue, element_id)


def _abandonne(outils: Outils, agent: str, element_id: str) -> VueElement:
    brouillon = outils.brouillons.lire(agent, element_id)
    if brouillon is None:
        raise Introuvable("Cet élément n’existe pas ou ne vous est pas ouvert.")
    return VueElement(None, brouillon)


def _perime(vue: Vue, element_id: str) -> EtatPerime:
    return EtatPerime(BROUILLON_MODIFIE, vue, element_id, vue.element(element_id).rev)


def _refuser_autre_contenu(existant: Brouillon | None, contexte: CommandContext) -> None:
    if existant is not None and existant.cle == contexte.key and existant.empreinte != contexte.body_digest:
        raise CleReutilisee("Ce formulaire a déjà été envoyé avec d’autres réponses : rouvrez la page.")


def _refuser_trop_de_brouillons(outils: Outils, agent: str) -> None:
    gardes = [brouillon for brouillon in outils.brouillons.de(agent) if brouillon.abandonne_le is None]
    if len(gardes) >= BROUILLONS_MAX:
        raise Conflit(f"Vous avez déjà {BROUILLONS_MAX} brouillons : soumettez-les ou retirez-en.")


def _recopie(
    outils: Outils, cv: CV, vue: Vue, commande: ModifierElement, contexte: CommandContext
) -> Brouillon:
    present = vue.element(commande.element)
    rubrique = outils.catalogue.rubrique(present.rubrique, paris_date(contexte.now))
    return Brouillon(
        id=present.id,
        agent=commande.agent,
        rubrique=rubrique.code,
        base=versions_soumises(cv, present.id),
        modifie_le=contexte.now,
        valeurs=_valeurs(rubrique, commande.valeurs, commande.pieces, contexte.now),
        pieces=_pieces(outils, rubrique, commande.pieces, present.pieces, contexte),
        cle=contexte.key,
        empreinte=contexte.body_digest,
    )


def _ecrire(outils: Outils, nouveau: Brouillon, ancien: Brouillon | None) -> bool:
    if ancien is None:
        return outils.brouillons.creer(nouveau)
    return outils.brouillons.remplacer(replace(nouveau, rev=ancien.rev + 1), ancien.rev)


def _valeurs(
    rubrique: Rubrique, reponses: Mapping[str, object], pieces: Sequence[PieceFournie], le: datetime
) -> Valeurs:
    valeurs, erreurs = lire(rubrique, reponses, paris_date(le))
    erreurs += erreurs_de_pieces(rubrique, [piece.usage for piece in pieces])
    if erreurs:
        raise DonneesInvalides(erreurs)
    return valeurs


def _pieces(
    outils: Outils,
    rubrique: Rubrique,
    fournies: Sequence[PieceFournie],
    presentes: Sequence[PieceJointe],
    contexte: CommandContext,
) -> list[PieceJointe]:
    """Files already named stay as they are; the others must come from this person."""
    connues = {piece.ref: piece for piece in presentes}
    nouvelles = [fournie.ref for fournie in fournies if fournie.ref not in connues]
    recues = outils.pieces.claim(nouvelles, contexte.acteur.id, contexte.acteur.id, contexte.now)
    connues |= {
        piece.ref: PieceJointe(
            n=0,
            usage=piece.usage,
            libelle="",
            ref=piece.ref,
            nom=piece.nom,
            type=piece.type,
            taille=piece.taille,
            pages=piece.pages,
            analyse=piece.analyse,
            deposee_le=piece.deposee_le,
        )
        for piece in recues
    }
    return [
        replace(connues[fournie.ref], n=n, usage=fournie.usage, libelle=_libelle(rubrique, fournie.usage))
        for n, fournie in enumerate(fournies, 1)
    ]


def _libelle(rubrique: Rubrique, usage: str) -> str:
    attendue = rubrique.piece(usage)
    return attendue.libelle if attendue else usage
