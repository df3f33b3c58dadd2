"""What happened in a thread, in the words of the people. `item` is the message, or the thread itself."""

from dataclasses import dataclass


@dataclass(frozen=True)
class EvenementDeFil:
    """`motif` is a code of the reason, never free text."""

    item: str
    motif: str | None = None


class MessageEnvoye(EvenementDeFil):
    pass


class MessageLu(EvenementDeFil):
    pass


class AvisEnvoye(EvenementDeFil):
    pass


class FilAffecte(EvenementDeFil):
    pass


class FilClos(EvenementDeFil):
    pass


class FilRouvert(EvenementDeFil):
    pass


PAR_NOM: dict[str, type[EvenementDeFil]] = {
    classe.__name__: classe for classe in EvenementDeFil.__subclasses__()
}
