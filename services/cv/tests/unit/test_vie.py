"""The life of an element follows the table, and nothing else."""

from datetime import date, timedelta

import pytest
from cv.domain import vie
from cv.domain.brouillon import Brouillon
from cv.domain.element import CV
from cv.domain.erreurs import DetenuParUnAutre, TransitionInterdite
from cv.domain.evenements import PAR_NOM, ElementLibere, ElementSoumis
from cv.domain.transitions import TRANSITIONS
from cv.domain.vie import Auteur, Renvoi

from chassis.errors import DonneesInvalides
from chassis.testing.clock import EPOCH

AGENT = Auteur("agent", "agent")
SYLVIE = Auteur("sylvie", "gestionnaire", "10.ANGLAIS")
KARIM = Auteur("karim", "gestionnaire", "10.ANGLAIS")
SYSTEME = Auteur("service:identity", "systeme")
ECHEANCE = date(2026, 9, 15)
ID = "element-1"


def brouillon(base: int = 0, **valeurs: str) -> Brouillon:
    return Brouillon(ID, "agent", "diplomes", base, EPOCH, dict(valeurs) or {"intitule": "Licence"}, [])


def soumis() -> CV:
    cv = CV("agent")
    vie.soumettre(cv, brouillon(), AGENT, EPOCH, ECHEANCE)
    return cv


def pris() -> CV:
    cv = soumis()
    vie.prendre_en_charge(cv.element(ID), SYLVIE, EPOCH)
    return cv


def a_corriger() -> CV:
    cv = pris()
    vie.renvoyer(cv.element(ID), SYLVIE, EPOCH, Renvoi("refus", "Pièce illisible"))
    return cv


def verifie() -> CV:
    cv = pris()
    vie.verifier(cv.element(ID), SYLVIE, EPOCH)
    return cv


def test_soumettre_cree_la_premiere_version_avec_son_echeance() -> None:
    cv = CV("agent")
    assert vie.soumettre(cv, brouillon(), AGENT, EPOCH, ECHEANCE) == [ElementSoumis(ID)]
    element = cv.element(ID)
    assert (element.etat, element.derniere.n, element.echeance) == ("soumis", 1, ECHEANCE)


def test_celui_qui_tient_l_element_le_verifie_sur_cette_version() -> None:
    element = verifie().element(ID)
    assert (element.etat, element.pris_par, element.echeance) == ("verifie", "sylvie", None)
    assert element.derniere.verification == vie.Verification("sylvie", EPOCH)


def test_une_autre_gestionnaire_ne_verifie_pas_ce_qu_elle_ne_tient_pas() -> None:
    with pytest.raises(DetenuParUnAutre) as refus:
        vie.verifier(pris().element(ID), KARIM, EPOCH)
    assert refus.value.par == "sylvie"


def test_il_faut_prendre_en_charge_avant_de_verifier() -> None:
    with pytest.raises(TransitionInterdite):
        vie.verifier(soumis().element(ID), SYLVIE, EPOCH)


def test_ce_qui_est_deja_pris_ne_se_prend_pas_deux_fois() -> None:
    with pytest.raises(DetenuParUnAutre):
        vie.prendre_en_charge(pris().element(ID), KARIM, EPOCH)


def test_reprendre_ce_qu_on_tient_ne_change_rien() -> None:
    assert vie.prendre_en_charge(pris().element(ID), SYLVIE, EPOCH) == []


def test_une_collegue_du_service_peut_liberer() -> None:
    cv = pris()
    assert vie.liberer(cv.element(ID), KARIM, EPOCH) == [ElementLibere(ID)]
    assert (cv.element(ID).etat, cv.element(ID).pris_par) == ("soumis", None)


@pytest.mark.parametrize(
    "renvoi", [Renvoi("refus", "   "), Renvoi("autre", "Motif"), Renvoi("refus", "x" * 1001)]
)
def test_un_renvoi_est_toujours_explique(renvoi: Renvoi) -> None:
    with pytest.raises(DonneesInvalides):
        vie.renvoyer(pris().element(ID), SYLVIE, EPOCH, renvoi)


def test_ce_qui_a_ete_corrige_devient_une_nouvelle_version_a_prendre() -> None:
    cv = a_corriger()
    assert cv.element(ID).correction is not None
    vie.soumettre(cv, brouillon(1, intitule="Licence corrigée"), AGENT, EPOCH, ECHEANCE)
    element = cv.element(ID)
    assert [version.n for version in element.versions] == [1, 2]
    assert (element.etat, element.pris_par, element.correction) == ("soumis", None, None)


def test_une_version_verifiee_reste_figee_quand_une_autre_est_soumise() -> None:
    cv = verifie()
    vie.soumettre(cv, brouillon(1, intitule="Autre"), AGENT, EPOCH, ECHEANCE)
    premiere = cv.element(ID).version(1)
    assert premiere.valeurs == {"intitule": "Licence"}
    assert premiere.verification is not None
    assert cv.element(ID).derniere.verification is None


def test_on_ne_soumet_pas_pendant_une_verification() -> None:
    with pytest.raises(TransitionInterdite, match="brouillon est gardé"):
        vie.soumettre(pris(), brouillon(1), AGENT, EPOCH, ECHEANCE)


@pytest.mark.parametrize(
    "cv", [soumis(), pris(), a_corriger(), verifie()], ids=lambda cv: cv.element(ID).etat
)
def test_l_agent_retire_ce_qu_il_a_soumis(cv: CV) -> None:
    vie.retirer(cv.element(ID), AGENT, EPOCH)
    assert (cv.element(ID).etat, cv.element(ID).pris_par) == ("retire", None)


def test_une_gestionnaire_ne_retire_rien() -> None:
    with pytest.raises(TransitionInterdite):
        vie.retirer(soumis().element(ID), SYLVIE, EPOCH)


def test_un_transfert_libere_ce_qui_etait_pris_ailleurs_une_seule_fois() -> None:
    cv = pris()
    assert vie.liberer_apres_transfert(cv, "10.ANGLAIS", SYSTEME, EPOCH) == []
    assert vie.liberer_apres_transfert(cv, "10.LETTRES", SYSTEME, EPOCH) == [ElementLibere(ID, "transfert")]
    assert vie.liberer_apres_transfert(cv, "10.LETTRES", SYSTEME, EPOCH) == []


def test_un_transfert_laisse_ce_qui_est_deja_traite() -> None:
    assert vie.liberer_apres_transfert(verifie(), "10.LETTRES", SYSTEME, EPOCH) == []


def test_la_chronologie_garde_chaque_acte_avec_sa_version() -> None:
    cv = a_corriger()
    vie.soumettre(cv, brouillon(1), AGENT, EPOCH + timedelta(days=1), ECHEANCE)
    actes = [(acte.acte, acte.etat, acte.version) for acte in cv.element(ID).chronologie]
    assert actes == [
        ("soumettre", "soumis", 1),
        ("prendre_en_charge", "en_verification", 1),
        ("renvoyer", "a_corriger", 1),
        ("soumettre", "soumis", 2),
    ]


def test_chaque_evenement_de_la_table_existe() -> None:
    assert {transition.evenement for transition in TRANSITIONS} == set(PAR_NOM)
