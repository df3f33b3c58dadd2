"""The refusals proper to the CV. Each says what to do."""

from chassis.errors import Conflit, DonneesInvalides, ErreurDeChamp


class TransitionInterdite(Conflit):
    """The element is no longer, or not yet, in a state where this is possible."""

    code = "transition-interdite"


class DetenuParUnAutre(Conflit):
    """Somebody else of the service holds the element, or nobody yet."""

    code = "detenu-par-un-autre"

    def __init__(self, par: str | None) -> None:
        super().__init__(
            "Cet élément est pris en charge par une autre personne du service."
            if par
            else "Prenez d’abord cet élément en charge."
        )
        self.par = par


class NonVerifiable(Conflit):
    """Nobody can certify what this rubrique says: it is not submitted."""

    code = "non-verifiable"


def champ_invalide(champ: str, message: str) -> DonneesInvalides:
    return DonneesInvalides([ErreurDeChamp(champ, message)])
