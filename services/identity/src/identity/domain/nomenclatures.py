"""Corps, grades, échelons, disciplines and académies: dated tables given from outside."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Grade:
    """`echelons` is the number of the last échelon; None when the grid of this grade is not known."""

    libelle: str
    echelons: int | None


@dataclass(frozen=True)
class Grille:
    """The échelons of one corps from one date on. `source` names the text they come from."""

    valable_du: date
    source: str
    grades: Mapping[str, Grade]


@dataclass(frozen=True)
class Titre:
    """What one member of a corps is called: « Professeur certifié », « Professeure certifiée »."""

    masculin: str
    feminin: str

    def de(self, civilite: str | None) -> str:
        return self.feminin if civilite == "MME" else self.masculin


@dataclass(frozen=True)
class Corps:
    """`libelle` names the corps as a whole; `grilles` goes from the oldest to the present one."""

    code: str
    libelle: str
    titre: Titre
    grilles: tuple[Grille, ...]

    def grille_au(self, jour: date) -> Grille:
        """The grid in force; before the first one we know, the first one."""
        en_vigueur = [grille for grille in self.grilles if grille.valable_du <= jour]
        return en_vigueur[-1] if en_vigueur else self.grilles[0]


@dataclass(frozen=True)
class Nomenclatures:
    corps: Mapping[str, Corps]
    disciplines: Mapping[str, str]
    academies: Mapping[str, str]

    def libelle_corps(self, code: str | None) -> str | None:
        corps = self.corps.get(code or "")
        return corps.libelle if corps else code

    def titre(self, code: str | None, civilite: str | None) -> str | None:
        """The corps of one person, in the singular and in her gender."""
        corps = self.corps.get(code or "")
        return corps.titre.de(civilite) if corps else code

    def libelle_grade(self, corps: str | None, grade: str | None, jour: date) -> str | None:
        connu = self.corps.get(corps or "")
        trouve = connu.grille_au(jour).grades.get(grade or "") if connu else None
        return trouve.libelle if trouve else grade

    def libelle_discipline(self, code: str | None) -> str | None:
        return self.disciplines.get(code, code) if code else None

    def libelle_academie(self, code: str) -> str:
        return self.academies.get(code, code)
