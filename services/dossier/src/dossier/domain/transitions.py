"""The life of a changement: state × command × who → state, event. docs/lexique.md shows the same table."""

from chassis.transitions import Transition, Transitions

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


# `par`: agent (about herself), gestionnaire (any of the agent's portefeuille), detenteur (the
# gestionnaire who holds the request), systeme (a fact the system learned).
TRANSITIONS = Transitions(
    (
        Transition(None, "signaler", AGENT, SIGNALE, "ChangementSignale"),
        Transition(SIGNALE, "prendre_en_charge", GESTIONNAIRE, PRIS_EN_CHARGE, "ChangementPrisEnCharge"),
        Transition(SIGNALE, "annuler", AGENT, ANNULE, "ChangementAnnule"),
        Transition(PRIS_EN_CHARGE, "liberer", GESTIONNAIRE, SIGNALE, "ChangementLibere"),
        Transition(PRIS_EN_CHARGE, "liberer", SYSTEME, SIGNALE, "ChangementLibere"),
        Transition(PRIS_EN_CHARGE, "accepter", DETENTEUR, ACCEPTE, "ChangementAccepte"),
        Transition(PRIS_EN_CHARGE, "refuser", DETENTEUR, REFUSE, "ChangementRefuse"),
        Transition(
            PRIS_EN_CHARGE,
            "demander_complement",
            DETENTEUR,
            COMPLEMENT_DEMANDE,
            "ChangementComplementDemande",
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
)
