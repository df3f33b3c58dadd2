"""The second pass, and what an agent's lines say of her on the day of the extract."""

from datetime import date
from typing import Any

import pytest
from identity.domain.demonstration import Demonstration
from identity.domain.portefeuille import Portefeuille, portefeuille_de
from identity.domain.situation import situation_au

import contracts
from services.identity.tests import extraits
from services.identity.tests.doublures import Monde, monde_de
from services.identity.tests.extraits import agent, change

JOUR = date(2026, 9, 1)


def portefeuille(code: str, ordre: int = 0, **criteres: Any) -> Portefeuille:
    valeurs = {"corps": [], "disciplines": [], "initiales": ["A", "Z"], **criteres}
    return Portefeuille(f"10.{code}", "10", code, code, "DPE 1", ordre, gestionnaires=[], **valeurs)


@pytest.mark.parametrize(
    ("criteres", "convient"),
    [
        ({}, True),
        ({"corps": ["certifie"]}, True),
        ({"corps": ["agrege"]}, False),
        ({"disciplines": ["L0422", "L0426"]}, True),
        ({"disciplines": ["L1300"]}, False),
        ({"initiales": ["A", "C"]}, False),
        ({"initiales": ["D", "D"]}, True),
        ({"initiales": ["DA", "DM"]}, False),
        ({"initiales": ["DN", "DU"]}, True),
    ],
)
def test_un_portefeuille_se_dit_par_corps_disciplines_et_initiales(
    criteres: dict[str, Any], convient: bool
) -> None:
    assert portefeuille("X", **criteres).convient("certifie", "L0422", "Dupont") is convient


def test_l_initiale_d_un_nom_a_apostrophe_est_sa_premiere_lettre() -> None:
    assert portefeuille("X", initiales=["D", "D"]).convient("certifie", None, "D’Arc")
    assert portefeuille("X", initiales=["O", "O"]).convient("certifie", None, "Œuvrard")


def test_le_premier_portefeuille_de_l_extrait_qui_convient_l_emporte() -> None:
    tous = [portefeuille("TARD", 2), portefeuille("TOT", 1), portefeuille("NON", 0, corps=["cpe"])]
    assert portefeuille_de(tous, "certifie", None, "Dupont") == "10.TOT"
    assert portefeuille_de(tous[2:], "certifie", None, "Dupont") is None


def test_la_situation_est_celle_du_jour_de_l_extrait() -> None:
    ligne = agent(1)
    echelons = [(10, "2027-01-01"), (8, "2021-09-01"), (9, "2026-09-01")]
    ligne["carriere"] = [
        {**ligne["carriere"][0], "echelon": echelon, "date_effet": jour} for echelon, jour in echelons
    ]
    assert situation_au(JOUR, ligne).echelon == 9


def test_l_etablissement_est_le_poste_tenu_ce_jour_la() -> None:
    ligne = agent(1)
    base = ligne["affectations"][0]
    ligne["affectations"] = [
        {**base, "uai": "A", "debut": "2010-09-01", "fin": "2026-08-31"},
        {**base, "uai": "B", "debut": "2026-09-01"},
        {**base, "uai": "C", "nature": "service_partage", "debut": "2026-09-01"},
        {**base, "uai": "D", "debut": "2027-09-01"},
    ]
    assert situation_au(JOUR, ligne).etablissement == "B"
    assert situation_au(date(2000, 1, 1), ligne).etablissement is None


def test_les_evenements_d_un_chargement_suivent_leur_contrat(monde: Monde) -> None:
    evenements = monde.personnes.published() + monde.portefeuilles.published()
    assert len(evenements) == 11
    for evenement in evenements:
        contracts.validate_produced(evenement)


def test_un_second_chargement_n_ecrit_rien(monde: Monde) -> None:
    avant = monde.personnes.published()
    charge = monde.charger(extraits.lignes(3))
    assert (charge.nouvelles, charge.connues) == (0, 9)
    assert monde.personnes.published() == avant


def test_une_ligne_reparee_est_chargee_au_second_passage(monde: Monde) -> None:
    charge = monde.charger(extraits.lignes(4))
    assert (charge.nouvelles, charge.connues) == (1, 9)


def test_un_agent_sans_portefeuille_est_charge_et_compte() -> None:
    monde = Monde()
    charge = monde.charger([*extraits.lignes(1), agent(2, discipline="L1900")])
    assert charge.sans_portefeuille == 1
    assert monde.personne("rdupont1").portefeuille_id is None


def test_un_gestionnaire_inconnu_laisse_le_portefeuille_aux_autres() -> None:
    contenu = [*extraits.lignes(1), extraits.portefeuille("X", gestionnaires=["P99", "P2"])]
    monde = monde_de(contenu)
    charge = monde.depots.portefeuilles.get("10.X")
    assert charge.titulaire == monde.id("kbenali")


def test_le_second_compte_d_un_courriel_n_en_a_pas() -> None:
    contenu = [*extraits.lignes(1), change(agent(2), "coordonnees.courriel", "AGENT1@exemple.invalid")]
    monde = monde_de(contenu)
    assert monde.personne("rdupont").compte.courriel == "agent1@exemple.invalid"
    assert monde.personne("rdupont1").compte.courriel is None


def test_les_comptes_de_demonstration_sont_les_dix_premiers_agents_les_gestionnaires_et_un_par_role() -> None:
    contenu = [*extraits.lignes(12), extraits.personnel("P7", "Autre", "Chef", roles=["chef-etablissement"])]
    monde = monde_de(contenu)
    retenus = [p for p in monde.lectures.toutes() if p.compte.demonstration]
    assert len(retenus) == 10 + 2 + 4
    assert monde.personne("cautre").compte.demonstration is None


def test_hors_demonstration_aucun_compte_n_est_retenu() -> None:
    assert Demonstration(active=False).rang(["gestionnaire"]) is None
    monde = Monde()
    monde.charger(extraits.lignes(3), demonstration=False)
    assert all(p.compte.demonstration is None for p in monde.lectures.toutes())
