"""What happened to an element, in the words of the people."""

from dataclasses import dataclass


@dataclass(frozen=True)
class EvenementDElement:
    """`item` is the element; `motif` is a code of the reason, never free text."""

    item: str
    motif: str | None = None


class ElementSoumis(EvenementDElement):
    pass


class ElementPrisEnCharge(EvenementDElement):
    pass


class ElementLibere(EvenementDElement):
    pass


class ElementVerifie(EvenementDElement):
    pass


class ElementACorriger(EvenementDElement):
    pass


class ElementRetire(EvenementDElement):
    pass


PAR_NOM: dict[str, type[EvenementDElement]] = {
    classe.__name__: classe for classe in EvenementDElement.__subclasses__()
}
