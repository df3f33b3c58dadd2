"""Names as people write them, and as machines compare them."""

import unicodedata
from collections.abc import Iterable, Iterator

# Letters that Unicode does not take apart into a plain one and an accent.
ENTIERES = str.maketrans(
    {
        "œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss", "ẞ": "SS", "ø": "o", "Ø": "O",
        "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th",
        "ı": "i", "ħ": "h", "Ħ": "H",
    }
)  # fmt: skip
APOSTROPHES = str.maketrans("", "", "'’ʼ`´‘")
MIN_IDENTIFIANT = 2
MAX_IDENTIFIANT = 60
PLUS_LONG_PREFIXE = 20


def sans_diacritiques(texte: str) -> str:
    """« Hélène Œuvrard » → « Helene OEuvrard »."""
    decompose = unicodedata.normalize("NFKD", texte.translate(ENTIERES))
    return "".join(signe for signe in decompose if not unicodedata.combining(signe))


def mots(texte: str) -> list[str]:
    """The words of a name in lower case letters a to z: an apostrophe joins, anything else separates."""
    propre = sans_diacritiques(texte.translate(APOSTROPHES)).lower()
    return "".join(signe if "a" <= signe <= "z" else " " for signe in propre).split()


def base_identifiant(prenom: str, nom_usage: str) -> str | None:
    """The user name before homonyms are told apart (domaine §2.2): « Marc », « Le Dupond » → `mle-dupond`.

    None when one of the two names has no letter to give.
    """
    premier, nom = mots(prenom), mots(nom_usage)
    if not premier or not nom:
        return None
    base = (premier[0][0] + "-".join(nom))[:MAX_IDENTIFIANT]
    return base if len(base) >= MIN_IDENTIFIANT else None


def identifiant(base: str, rang: int) -> str:
    """Homonyms are numbered in order of arrival: `rdupont`, `rdupont1`, `rdupont2`."""
    return base if rang == 0 else f"{base}{rang}"


def rang_dans(base: str, deja_pris: str) -> int:
    """The rank that gave this user name: 0 for `rdupont`, 2 for `rdupont2`."""
    return int(deja_pris.removeprefix(base) or 0)


def lettres(nom: str) -> str:
    """The letters of a name, as portefeuilles compare initials: « D’Arc » → `DARC`."""
    return "".join(mots(nom)).upper()


def jetons(noms: Iterable[str]) -> list[str]:
    """Every beginning of every word of these names, so that a search is a test of equality."""
    trouves = {debut for nom in noms for mot in mots(nom) for debut in _debuts(mot)}
    return sorted(trouves)


def jetons_cherches(question: str) -> list[str]:
    """What a person typed, in the form of `jetons`."""
    return sorted({mot[:PLUS_LONG_PREFIXE] for mot in mots(question)})


def cle_de_tri(nom: str, prenom: str) -> str:
    return " ".join([*mots(nom), *mots(prenom)])


def _debuts(mot: str) -> Iterator[str]:
    yield mot[:PLUS_LONG_PREFIXE]
    for longueur in range(1, min(len(mot), PLUS_LONG_PREFIXE)):
        yield mot[:longueur]
