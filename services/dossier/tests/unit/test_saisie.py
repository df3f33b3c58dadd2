"""Each answer is checked and put in one form."""

from typing import Any

import pytest
from dossier.domain.catalogue import Champ, Choix
from dossier.domain.erreurs import ErreurDeSaisie
from dossier.domain.saisie import Contexte, lire_champ


def lire(type_: str, reponse: object, *, reponses: dict[str, Any] | None = None, **champ: Any) -> object:
    contexte = Contexte(pays=("FR", "BE"), entrees=("e1",), reponses=reponses or {})
    return lire_champ(Champ("x", "Libellé", type_, **champ), reponse, contexte)


@pytest.mark.parametrize(
    ("type_", "reponse", "attendu"),
    [
        ("texte", "  12, rue des Lilas ", "12, rue des Lilas"),
        ("date", "2026-02-28", "2026-02-28"),
        ("code_postal", "69 007", "69007"),
        ("telephone", "06 75 20 16 74", "+33675201674"),
        ("telephone", "+32 470 12 34 56", "+32470123456"),
        ("courriel", "Rene.Dupont@exemple.fr", "Rene.Dupont@exemple.fr"),
        ("pays", "be", "BE"),
        ("iban", "fr84 2768 4268 4656 3212 2330 792", "FR8427684268465632122330792"),
        ("entier", "3", 3),
        ("entree", "e1", "e1"),
    ],
)
def test_une_bonne_reponse_est_gardee_dans_sa_forme_unique(type_: str, reponse: str, attendu: object) -> None:
    assert lire(type_, reponse) == attendu


@pytest.mark.parametrize(
    ("type_", "reponse"),
    [
        ("texte", "x" * 101),
        ("texte", "une\nautre"),
        ("texte", "a\x00b"),
        ("date", "2026-02-30"),
        ("date", "0206-01-01"),
        ("date", "hier"),
        ("code_postal", "6900"),
        ("code_postal", "Lyon"),
        ("telephone", "12"),
        ("telephone", "pas un numéro"),
        ("courriel", "rene.dupont"),
        ("choix", "autre"),
        ("pays", "XX"),
        ("iban", "FR8427684268465632122330793"),
        ("entier", "-1"),
        ("entier", "101"),
        ("entree", "celle d’un autre"),
    ],
)
def test_une_mauvaise_reponse_est_refusee_avec_une_phrase(type_: str, reponse: str) -> None:
    with pytest.raises(ErreurDeSaisie, match=r"\.$"):
        lire(type_, reponse, choix=(Choix("oui", "Oui"),))


def test_un_code_postal_etranger_suit_les_regles_de_son_pays() -> None:
    assert lire("code_postal", "B-1000", reponses={"pays": "BE"}) == "B-1000"


def test_une_reponse_obligatoire_vide_nomme_ce_qui_manque() -> None:
    with pytest.raises(ErreurDeSaisie, match="libellé"):
        lire("texte", "  ", obligatoire=True)


def test_une_reponse_facultative_vide_est_acceptee() -> None:
    assert lire("texte", "") is None


def test_une_reponse_absente_prend_la_valeur_par_defaut() -> None:
    assert lire("pays", None, defaut="FR") == "FR"
