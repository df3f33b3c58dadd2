"""What each event changes in what the gateway shows: checked on the contracts' own examples."""

from typing import Any

import pytest
from gateway.application.lignes import FILE, FILS
from gateway.application.projections import changement_lines, element_lines, fil_lines, recipients
from gateway.entrypoints.abonnements import ABONNEMENTS

import contracts
from chassis.messages import Message

AGENT = {"portefeuille_id": "10.DPE2-ANGLAIS", "corps": "certifie", "etablissement": "0690026D"}
PROJETES = sorted(
    type_ for subscription in ABONNEMENTS for type_ in subscription.types if not type_.startswith("identity.")
)


class ApplicationMuette:
    """Enough of an application for a projection: everybody is in the same portefeuille."""

    @property
    def rattachements(self) -> "ApplicationMuette":
        return self

    def get(self, key: str) -> dict[str, Any]:
        return AGENT


@pytest.mark.parametrize("type_", PROJETES)
def test_l_exemple_de_chaque_evenement_donne_ses_lignes(type_: str) -> None:
    message = Message.from_wire(contracts.example(type_))
    subscription = next(s for s in ABONNEMENTS if type_ in s.types)
    lines = subscription.project[type_](ApplicationMuette(), message)  # type: ignore[union-attr]
    assert lines
    assert all(line.seq == message.seq for line in lines)
    assert all(line.fields["agent"] == message.data["agent_id"] for line in lines)


def data(type_: str, **changed: Any) -> dict[str, Any]:
    return {**contracts.example(type_)["data"], **changed}


def file_line(lines: list[Any]) -> dict[str, Any]:
    return next(dict(line.fields) for line in lines if line.collection == FILE)


@pytest.mark.parametrize(
    ("etat", "onglet"),
    [
        ("signale", "a_prendre"),
        ("pris_en_charge", "les_miens"),
        ("complement_demande", "en_attente"),
        ("accepte", "traites"),
        ("refuse", "traites"),
        ("annule", "traites"),
    ],
)
def test_l_etat_d_un_changement_decide_de_son_onglet(etat: str, onglet: str) -> None:
    lines = changement_lines(data("dossier.changement.signale.v1", etat=etat), 3, AGENT)
    assert file_line(lines)["onglet"] == onglet


@pytest.mark.parametrize(
    ("etat", "onglet"),
    [
        ("soumis", "a_prendre"),
        ("en_verification", "les_miens"),
        ("a_corriger", "en_attente"),
        ("verifie", "traites"),
    ],
)
def test_l_etat_d_un_element_de_cv_decide_de_son_onglet(etat: str, onglet: str) -> None:
    assert file_line(element_lines(data("cv.element.soumis.v1", etat=etat), 1, AGENT))["onglet"] == onglet


def test_la_ligne_d_un_agent_inconnu_n_est_a_personne() -> None:
    assert (
        file_line(changement_lines(data("dossier.changement.signale.v1"), 1, None))["portefeuille_id"] is None
    )


def test_un_avis_n_est_pas_une_chose_a_faire() -> None:
    lines = fil_lines(data("courrier.avis.envoye.v1", nature="avis"), 1, AGENT)
    assert [line.collection for line in lines] == [FILS]


def test_un_message_de_l_agent_est_a_prendre_puis_au_gestionnaire_qui_le_prend() -> None:
    recu = data(
        "courrier.message.envoye.v1", nature="echange", etat="ouvert", attend="gestionnaire", affecte_a=None
    )
    assert file_line(fil_lines(recu, 1, AGENT))["onglet"] == "a_prendre"
    assert file_line(fil_lines({**recu, "affecte_a": "p"}, 2, AGENT))["onglet"] == "les_miens"
    assert file_line(fil_lines({**recu, "attend": "agent"}, 3, AGENT))["onglet"] == "en_attente"
    assert file_line(fil_lines({**recu, "etat": "clos"}, 4, AGENT))["onglet"] == "traites"


def test_l_agent_et_son_portefeuille_sont_prevenus() -> None:
    changed = data("dossier.changement.signale.v1", agent_id="agent-1")
    assert recipients(changement_lines(changed, 1, AGENT)) == {"agent-1", "10.DPE2-ANGLAIS"}
    assert recipients(changement_lines(changed, 1, None)) == {"agent-1"}
