"""What the service writes in its logs when requests are full of personal data."""

import json
import subprocess
import sys

import pytest

from services.dossier.tests.essai_journaux import AUTRE_IBAN, IBAN, NOM, NUMEN, RUE, TELEPHONE


@pytest.fixture(scope="module")
def journaux() -> str:
    commande = [sys.executable, "-m", "services.dossier.tests.essai_journaux"]
    fait = subprocess.run(commande, capture_output=True, text=True, check=False, timeout=120)
    assert fait.returncode == 0, fait.stderr
    return fait.stdout + fait.stderr


def test_rien_de_personnel_n_entre_dans_les_journaux(journaux: str) -> None:
    for secret in (NUMEN, IBAN, AUTRE_IBAN, NOM, RUE, TELEPHONE, NUMEN.lower()):
        assert secret not in journaux


def test_chaque_requete_y_laisse_pourtant_une_ligne_qui_se_relit(journaux: str) -> None:
    lignes = [json.loads(ligne) for ligne in journaux.splitlines()]
    servies = [ligne["statut"] for ligne in lignes if ligne["event"] == "requete.servie"]
    assert servies == [201, 422, 422, 400, 401, 401, 422, 500]
    [panne] = [ligne for ligne in lignes if ligne["event"] == "requete.erreur_inattendue"]
    assert (panne["erreur"], panne["service"]) == ("RuntimeError", "dossier")
    assert all(ligne["correlation"] for ligne in lignes if ligne["event"].startswith("requete."))
