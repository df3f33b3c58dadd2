"""Every door of a file, knocked at by who has no business there."""

from collections.abc import Mapping
from typing import Any

import pytest

from chassis.testing.files import a_pdf
from chassis.testing.walk import Door, doors

DESCRIPTIONS: Mapping[str, Any] = {
    "/changements": {
        "rubrique": "coordonnees",
        "cas": "telephone",
        "valeurs": {"telephone": "0612345678"},
        "date_effet": "2026-11-20",
    },
    "/refuser": {"motif": "Je refuse."},
    "/demander-complement": {"motif": "Il manque une page."},
}


def corps(porte: Door) -> Mapping[str, Any]:
    return next((corps for fin, corps in DESCRIPTIONS.items() if porte.rule.endswith(fin)), {})


@pytest.fixture
def portes(web: Any) -> list[Door]:
    """Of René's file, with one of his requests and its piece."""
    rene = web.monde.rene
    ids = {"agent": rene, "id": web.monde.naissance(), "code": "coordonnees", "n": 1, "p": 1}
    found = doors(web.client.application, ids, about="agent")
    assert len(found) == 15
    return found


@pytest.mark.parametrize("role", ["enseignant", "gestionnaire", "responsable", "administrateur"])
@pytest.mark.parametrize("qui", ["rachel", "paul"])
def test_le_dossier_d_un_autre_est_introuvable_a_toutes_les_portes(
    web: Any, portes: list[Door], qui: str, role: str
) -> None:
    intrus = getattr(web.monde, qui)
    avant = web.monde.memoire.store.documents[web.monde.rene]["v"]
    for porte in portes:
        reponse = porte.knock(web.client, web.monde.issuer.bearer(intrus, role), corps(porte))
        assert reponse.status_code == (404 if porte.opens_to(role) else 403), porte
        assert "Dupont" not in reponse.text, porte
    assert web.monde.memoire.store.documents[web.monde.rene]["v"] == avant
    essais = [ligne.acteur for ligne in web.monde.application.acces_refuses.of(web.monde.rene)]
    assert essais == [intrus] * sum(porte.opens_to(role) for porte in portes)


def test_les_memes_portes_s_ouvrent_a_l_agent(web: Any, portes: list[Door]) -> None:
    for porte in portes:
        if porte.method == "GET":
            jeton = web.monde.issuer.bearer(web.monde.rene, "enseignant")
            assert porte.knock(web.client, jeton).status_code == 200, porte


def test_et_a_sa_gestionnaire_sauf_la_liste_des_consultations(web: Any, portes: list[Door]) -> None:
    for porte in portes:
        if porte.method == "GET":
            reponse = porte.knock(web.client, web.monde.issuer.bearer(web.monde.sylvie, "gestionnaire"))
            assert reponse.status_code == (404 if porte.rule.endswith("/consultations") else 200), porte


def test_la_demande_d_un_autre_ne_se_lit_pas_par_son_propre_dossier(web: Any) -> None:
    monde = web.monde
    chez_rachel = {"agent": monde.rachel, "id": monde.naissance(monde.rene), "n": 1, "p": 1}
    for porte in doors(web.client.application, chez_rachel, about="id"):
        role = "enseignant" if porte.opens_to("enseignant") else "gestionnaire"
        qui = monde.rachel if role == "enseignant" else monde.paul
        reponse = porte.knock(web.client, monde.issuer.bearer(qui, role), corps(porte))
        assert reponse.status_code == 404, porte


def test_le_fichier_d_un_autre_ne_se_joint_pas_a_sa_propre_demande(web: Any) -> None:
    monde = web.monde
    ref = web.deposer("acte.pdf", a_pdf(), monde.rene, monde.rene).json["ref"]
    demande = {
        "rubrique": "enfants",
        "cas": "naissance",
        "valeurs": {"prenom": "Léa"},
        "date_effet": "2026-11-02",
        "pieces": [{"usage": "acte_naissance", "ref": ref}],
    }
    chemin = f"/dossiers/{monde.rachel}/changements"
    assert web.envoyer(chemin, demande, monde.rachel, "enseignant").status_code == 404


@pytest.mark.parametrize("role", ["enseignant", "gestionnaire"])
def test_une_personne_ne_passe_pas_pour_un_service(web: Any, role: str) -> None:
    monde = web.monde
    faux = monde.issuer.bearer(monde.rene, role, "service")
    assert web.client.get(f"/interne/journal/dossier/{monde.rene}", headers=faux).status_code == 403


def test_un_service_ne_lit_pas_un_dossier(web: Any) -> None:
    jeton = web.monde.issuer.service_bearer("courrier")
    assert web.client.get(f"/dossiers/{web.monde.rene}", headers=jeton).status_code == 403


def test_une_piece_vue_sans_ouvrir_la_demande_se_sait_aussi_et_une_fois_par_lecture(
    web: Any, portes: list[Door]
) -> None:
    [image] = [porte for porte in portes if porte.rule.endswith("/pages/<int:p>")]
    jeton = web.monde.issuer.bearer(web.monde.sylvie, "gestionnaire")
    for _ in range(3):
        assert image.knock(web.client, jeton).status_code == 200
    vues = web.monde.application.consultations.of(web.monde.rene)
    assert [(vue.acteur, vue.motif) for vue in vues] == [(web.monde.sylvie, "demande")]
