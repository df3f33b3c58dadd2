"""Refusals that have nothing to do with the domain."""

from chassis.errors import ErreurApplicative, Indisponible, Transitoire


class NonAuthentifie(ErreurApplicative):
    """No token, or one that does not hold (401). The reason goes to the log, never to the caller."""

    code = "non-authentifie"

    def __init__(self, motif: str = "jeton absent") -> None:
        super().__init__("Votre session n’est plus valable : reconnectez-vous.")
        self.motif = motif


class RequeteMalFormee(ErreurApplicative):
    """The request lacks what a program should have put there (400)."""

    code = "requete-mal-formee"


class TropDeDemandes(ErreurApplicative):
    """More requests than this route takes in a while (429)."""

    code = "trop-de-demandes"


class ServiceInjoignable(Indisponible, Transitoire):
    """Another service does not answer: 503 for a person, « try again later » for a consumer."""

    code = "service-injoignable"

    def __init__(self, service: str) -> None:
        super().__init__(
            "Une partie du service ne répond pas pour l’instant. Réessayez dans quelques minutes."
        )
        self.service = service
