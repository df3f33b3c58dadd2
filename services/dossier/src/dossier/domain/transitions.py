"""The life of a changement: state × command × who → state, event. docs/lexique.md shows the same table."""

from dataclasses import dataclass

SIGNALE = "signale"
PRIS_EN_CHARGE = "pris_en_charge"
COMPLEMENT_DEMANDE = "complement_demande"
ACCEPTE = "accepte"
REFUSE = "refuse"
ANNULE = "annule"
REPRIS = "repris"

EN_COURS = frozenset({SIGNALE, PRIS_EN_CHARGE, COMPLEMENT_DEMANDE})

AGENT = "agent"
GESTIONNAIRE = "gestionnaire"
DETENTEUR = "detenteur"
SYSTEME = "systeme"


@dataclass(frozen=True)
class Transition:
    """`par`: agent (about herself), gestionnaire (any of the agent's portefeuille), detenteur (the
    gestionnaire who holds the request), systeme (a fact the system learned)."""

    depuis: str | None
    commande: str
    par: str
    vers: str
    evenement: str


TRANSITIONS = (
    Transition(None, "signaler", AGENT, SIGNALE, "ChangementSignale"),
    Transition(SIGNALE, "prendre_en_charge", GESTIONNAIRE, PRIS_EN_CHARGE, "ChangementPrisEnCharge"),
    Transition(SIGNALE, "annuler", AGENT, ANNULE, "ChangementAnnule"),
    Transition(PRIS_EN_CHARGE, "liberer", GESTIONNAIRE, SIGNALE, "ChangementLibere"),
    Transition(PRIS_EN_CHARGE, "liberer", SYSTEME, SIGNALE, "ChangementLibere"),
    Transition(PRIS_EN_CHARGE, "accepter", DETENTEUR, ACCEPTE, "ChangementAccepte"),
    Transition(PRIS_EN_CHARGE, "refuser", DETENTEUR, REFUSE, "ChangementRefuse"),
    Transition(
        PRIS_EN_CHARGE, "demander_complement", DETENTEUR, COMPLEMENT_DEMANDE, "ChangementComplementDemande"
    ),
    Transition(PRIS_EN_CHARGE, "annuler", AGENT, ANNULE, "ChangementAnnule"),
    Transition(COMPLEMENT_DEMANDE, "completer", AGENT, PRIS_EN_CHARGE, "ChangementComplete"),
    Transition(COMPLEMENT_DEMANDE, "liberer", SYSTEME, SIGNALE, "ChangementLibere"),
    Transition(COMPLEMENT_DEMANDE, "refuser", DETENTEUR, REFUSE, "ChangementRefuse"),
    Transition(COMPLEMENT_DEMANDE, "annuler", AGENT, ANNULE, "ChangementAnnule"),
    Transition(SIGNALE, "reprendre", SYSTEME, REPRIS, "ChangementRepris"),
    Transition(PRIS_EN_CHARGE, "reprendre", SYSTEME, REPRIS, "ChangementRepris"),
    Transition(COMPLEMENT_DEMANDE, "reprendre", SYSTEME, REPRIS, "ChangementRepris"),
    Transition(ACCEPTE, "reprendre", SYSTEME, REPRIS, "ChangementRepris"),
)


def etapes(etat: str | None, commande: str) -> tuple[Transition, ...]:
    """The rows that apply to this command in this state (one per kind of person allowed)."""
    return tuple(t for t in TRANSITIONS if t.depuis == etat and t.commande == commande)


def commandes_possibles(etat: str, qualites: frozenset[str]) -> tuple[str, ...]:
    """What somebody with these qualities may do now, in the order of the table, each once."""
    return tuple(dict.fromkeys(t.commande for t in TRANSITIONS if t.depuis == etat and t.par in qualites))
