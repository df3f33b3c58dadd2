"""La ligne qui résume une rubrique ne dit que ce qu’elle sait."""

import pytest
from dossier.adapters.catalogue import charger
from dossier.application.vues.affichage import resume


@pytest.mark.parametrize(
    ("code", "valeurs", "attendu"),
    [
        ("situation_familiale", {"etat": "celibataire", "depuis": None}, "Célibataire"),
        (
            "situation_familiale",
            {"etat": "concubinage", "depuis": "2001-04-15"},
            "Concubinage depuis le 15\u00a0avril 2001",
        ),
        ("enfants", {"prenom": "Lou", "date_naissance": None}, "Lou"),
        ("coordonnees", {"adresse": None, "code_postal": "", "commune": "Lyon"}, "Lyon"),
        ("coordonnees", {}, ""),
    ],
)
def test_un_resume_se_passe_de_ce_qui_manque(code: str, valeurs: dict[str, str], attendu: str) -> None:
    catalogue = charger()
    assert resume(catalogue.rubrique(code), valeurs, catalogue) == attendu
