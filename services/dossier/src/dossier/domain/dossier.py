"""The file of one agent: what is known of her, and what she asks to change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from chassis.errors import Introuvable
from dossier.domain.catalogue import Rubrique, Valeur
from dossier.domain.changement import Changement
from dossier.domain.entrees import Chaine, Decision, Entree, chaines
from dossier.domain.erreurs import ExtraitPlusRecent
from dossier.domain.evenements import DossierMisAJour, Evenement

ETAT_CIVIL = "etat_civil"


@dataclass(frozen=True)
class NouvelleEntree:
    """An entry to be added. `id` is drawn or derived before; `remplace` the entry it follows."""

    id: str
    rubrique: str
    valeurs: Mapping[str, Valeur]
    origine: str
    source: str
    date_effet: date | None = None
    date_fin: date | None = None
    remplace: str | None = None
    en_attente_reprise: bool = False
    decision: Decision | None = None


@dataclass
class Dossier:
    """`arrete_au` is the day the HR extract was drawn; `base` the HR base it comes from."""

    id: str
    academie: str
    base: str
    arrete_au: date
    numen: str
    entrees: dict[str, Entree] = field(default_factory=dict)
    changements: dict[str, Changement] = field(default_factory=dict)

    @property
    def items(self) -> Mapping[str, Changement]:
        return self.changements

    def changement(self, id: str) -> Changement:
        """Raises Introuvable."""
        try:
            return self.changements[id]
        except KeyError:
            raise Introuvable("Cette demande n’existe pas ou ne vous est pas ouverte.") from None

    def chaines(self, rubrique: str) -> tuple[Chaine, ...]:
        return chaines(entree for entree in self.entrees.values() if entree.rubrique == rubrique)

    def en_vigueur(self, rubrique: str, jour: date) -> tuple[Entree, ...]:
        trouvees = (chaine.en_vigueur(jour) for chaine in self.chaines(rubrique))
        return tuple(entree for entree in trouvees if entree is not None)

    def presentes(self, rubrique: Rubrique, jour: date) -> dict[str, Valeur]:
        """The present values of a rubrique with one state; empty for a list."""
        suites = self.chaines(rubrique.code) if rubrique.unique else ()
        return suites[-1].etat(jour) if suites else {}

    def naissance(self, jour: date) -> date | None:
        suites = self.chaines(ETAT_CIVIL)
        valeur = suites[-1].etat(jour).get("date_naissance") if suites else None
        return date.fromisoformat(str(valeur)) if valeur else None

    def tete_de(self, entree_id: str) -> str:
        """The last entry of the chain this one belongs to: what a new entry must follow."""
        rubrique = self.entrees[entree_id].rubrique
        suite = next(c for c in self.chaines(rubrique) if any(e.id == entree_id for e in c.entrees))
        return suite.tete.id

    def ajouter(self, nouvelle: NouvelleEntree, connu_le: date) -> None:
        self.entrees[nouvelle.id] = Entree(
            id=nouvelle.id,
            rang=len(self.entrees),
            rubrique=nouvelle.rubrique,
            valeurs=dict(nouvelle.valeurs),
            connu_le=connu_le,
            origine=nouvelle.origine,
            source=nouvelle.source,
            date_effet=nouvelle.date_effet,
            date_fin=nouvelle.date_fin,
            remplace=nouvelle.remplace,
            en_attente_reprise=nouvelle.en_attente_reprise,
            decision=nouvelle.decision,
        )

    def charger(self, entrees: Sequence[NouvelleEntree], arrete_au: date) -> list[Evenement]:
        """The first extract fills the file; the same one again changes nothing.

        Raises ExtraitPlusRecent for any other extract.
        """
        if arrete_au != self.arrete_au:
            raise ExtraitPlusRecent(
                f"Ce dossier vient déjà de l’extrait arrêté au {self.arrete_au:%d/%m/%Y}."
            )
        if self.entrees:
            return []
        for entree in entrees:
            self.ajouter(entree, arrete_au)
        return [DossierMisAJour(_rubriques(entrees), "extrait")]

    def verser_du_cv(self, entree: NouvelleEntree, element_id: str, jour: date) -> list[Evenement]:
        """A verified element of the CV enters the file, once: the entry's id is that of the version."""
        if entree.id in self.entrees:
            return []
        self.ajouter(entree, jour)
        return [DossierMisAJour((entree.rubrique,), "cv", element_id)]


def _rubriques(entrees: Sequence[NouvelleEntree]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entree.rubrique for entree in entrees))
