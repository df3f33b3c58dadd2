"""What enters the file without the agent reporting it: the HR extract, verified elements of the CV."""

from collections.abc import Sequence

from chassis.aggregates import Execution
from chassis.clock import paris_date
from chassis.commands import CommandContext, Expected
from chassis.ids import derived_id
from dossier.application.commandes import ChargerExtrait, VerserElementDuCV
from dossier.application.ports import Application, VersionDElement
from dossier.domain.dossier import Dossier, NouvelleEntree
from dossier.domain.entrees import CV, Decision
from dossier.domain.evenements import Evenement

DIPLOMES = "diplomes"
Fait = Execution[Dossier]


def charger_extrait(
    application: Application, commande: ChargerExtrait, context: CommandContext, _: Expected | None
) -> Fait:
    """Makes the file, or changes nothing when it already comes from this extract.

    Raises ExtraitPlusRecent for another extract.
    """

    def create() -> Dossier:
        return Dossier(
            commande.agent_id, commande.academie, commande.base, commande.arrete_au, commande.numen
        )

    def act(dossier: Dossier) -> Sequence[Evenement]:
        return dossier.charger(commande.entrees, commande.arrete_au)

    return application.dossiers.execute(commande.agent_id, context, act, create=create)


def verser_element_du_cv(
    application: Application, commande: VerserElementDuCV, context: CommandContext, _: Expected | None
) -> Fait:
    """Copies the verified version into « Diplômes »; the same version again changes nothing."""
    version = application.cv.version(commande.agent_id, commande.element_id, commande.version)

    def act(dossier: Dossier) -> Sequence[Evenement]:
        entree = _entree(dossier, commande, version)
        return dossier.verser_du_cv(entree, commande.element_id, paris_date(context.now))

    return application.dossiers.execute(commande.agent_id, context, act)


def _entree(dossier: Dossier, commande: VerserElementDuCV, version: VersionDElement) -> NouvelleEntree:
    return NouvelleEntree(
        id=derived_id("cv", commande.element_id, str(commande.version)),
        rubrique=DIPLOMES,
        valeurs=version.valeurs,
        origine=CV,
        source=f"cv:{commande.element_id}:{commande.version}",
        date_effet=version.obtenu_le,
        remplace=_version_precedente(dossier, commande),
        en_attente_reprise=True,
        decision=Decision(version.verifie_par, version.verifie_le, "", commande.element_id),
    )


def _version_precedente(dossier: Dossier, commande: VerserElementDuCV) -> str | None:
    """The last entry that came from the same element: the new version follows it."""
    debut = f"cv:{commande.element_id}:"
    suite = [entree for entree in dossier.entrees.values() if entree.source.startswith(debut)]
    return max(suite, key=lambda entree: entree.rang).id if suite else None
