"""Every door of identity, knocked at by who has no business there."""

from collections.abc import Mapping
from typing import Any

import pytest
from identity.domain.personne import Personne

from chassis.testing.tokens import LocalIssuer
from chassis.testing.walk import Door, doors
from services.identity.tests.doublures import Monde
from services.identity.tests.navigateur import Navigateur

ISSUER = LocalIssuer()
ROLES = ("enseignant", "gestionnaire", "chef-etablissement", "inspecteur", "responsable", "administrateur")
ANGLAIS = "10.DPE2-ANGLAIS"


def personne_de_role(monde: Monde, role: str) -> Personne:
    return next(p for p in monde.lectures.toutes() if role in p.roles)


@pytest.fixture
def portes(web: Navigateur, monde: Monde) -> list[Door]:
    agents = doors(web.app, {"id": monde.id("rdupont")}, about="id")
    portefeuilles = doors(web.app, {"id": ANGLAIS}, about="id")
    found = [p for p in agents if not p.rule.startswith("/portefeuilles")]
    found += [p for p in portefeuilles if p.rule.startswith("/portefeuilles")]
    assert len(found) == 4
    return found


def corps(monde: Monde, porte: Door) -> Mapping[str, Any]:
    gestionnaire = personne_de_role(monde, "gestionnaire").id
    return {
        "POST /agents/<id>/rattachement": {"portefeuille_id": ANGLAIS},
        "POST /portefeuilles/<id>/suppleances": {
            "personne_id": gestionnaire,
            "du": "2026-11-20",
            "au": "2026-11-27",
        },
    }.get(str(porte), {})


@pytest.mark.parametrize("role", ROLES)
def test_rien_ne_s_ouvre_a_qui_le_service_ne_connait_pas(
    web: Navigateur, monde: Monde, portes: list[Door], role: str
) -> None:
    for porte in portes:
        jeton = ISSUER.bearer("00000000-0000-4000-8000-00000000beef", role, academie="10")
        reponse = porte.knock(web.app.test_client(), jeton, corps(monde, porte))
        assert reponse.status_code == (404 if porte.opens_to(role) else 403), porte
        assert "Dupont" not in reponse.text, porte


@pytest.mark.parametrize("role", ["responsable", "administrateur"])
def test_on_n_habilite_personne_dans_une_autre_academie(
    web: Navigateur, monde: Monde, portes: list[Door], role: str
) -> None:
    jeton = ISSUER.bearer(personne_de_role(monde, role).id, role, academie="06")
    for porte in portes:
        if porte.method == "POST" and porte.opens_to(role):
            reponse = porte.knock(web.app.test_client(), jeton, corps(monde, porte))
            assert reponse.status_code == 404, porte


@pytest.mark.parametrize(
    ("role", "route"),
    [
        ("responsable", "POST /agents/<id>/rattachement"),
        ("responsable", "POST /portefeuilles/<id>/suppleances"),
        ("administrateur", "POST /personnes/<id>/desactivation"),
    ],
)
def test_un_compte_ferme_n_habilite_plus_personne(
    web: Navigateur, monde: Monde, portes: list[Door], role: str, route: str
) -> None:
    qui = personne_de_role(monde, role)
    administrateur = personne_de_role(monde, "administrateur")
    web.envoyer(f"/personnes/{qui.id}/desactivation", {}, administrateur.identifiant)
    [porte] = [porte for porte in portes if str(porte) == route]
    jeton = ISSUER.bearer(qui.id, *qui.roles, academie="10")
    assert porte.knock(web.app.test_client(), jeton, corps(monde, porte)).status_code == 403
