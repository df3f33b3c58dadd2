"""The refusals proper to the file. Each says what to do."""

from chassis.errors import Conflit, DonneesInvalides, ErreurDeChamp


class TransitionInterdite(Conflit):
    """The request is no longer, or not yet, in a state where this is possible."""

    code = "transition-interdite"


class DetenuParUnAutre(Conflit):
    """Somebody else of the service holds the request; `par` is the person (the page finds the name)."""

    code = "detenu-par-un-autre"

    def __init__(self, par: str | None) -> None:
        super().__init__(
            "Cette demande est prise en charge par une autre personne du service."
            if par
            else "Prenez d’abord cette demande en charge."
        )
        self.par = par


class ExtraitPlusRecent(Conflit):
    """A file already made from another extract is not reconciled yet."""

    code = "extrait-deja-charge"


class ErreurDeSaisie(ValueError):
    """One value does not hold; the text is what to write to the person."""


def champ_invalide(champ: str, message: str) -> DonneesInvalides:
    return DonneesInvalides([ErreurDeChamp(champ, message)])
