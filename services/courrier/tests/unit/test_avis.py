"""Every decision that matters leaves the agent one notice, whatever comes twice."""

from typing import Any

import pytest
from courrier.adapters.catalogue import charger
from courrier.application.presentation import fil_lu
from courrier.domain.echange import Auteur
from courrier.domain.fil import Fil
from courrier.entrypoints.abonnements import ABONNEMENTS, AVIS

import contracts
from chassis.messages import Message
from services.courrier.tests.doublures import AGENT, Banc

TYPES = sorted(type_ for abonnement in ABONNEMENTS if abonnement.group == AVIS for type_ in abonnement.types)


def evenement(type_: str, seq: int = 7, **data: Any) -> Message:
    exemple = contracts.example(type_)
    id = f"{exemple['id'].rpartition(':')[0]}:{seq}"
    return Message.from_wire({**exemple, "id": id, "seq": seq, "data": {**exemple["data"], **data}})


def recevoir(banc: Banc, message: Message) -> None:
    [handler] = [a.handlers[message.type] for a in ABONNEMENTS if message.type in a.types]
    handler(banc, message)


def avis(banc: Banc) -> list[Fil]:
    return [banc.memoire.repository.get(entete.id) for entete in banc.outils.listes.de_l_agent(AGENT, None)]


@pytest.mark.parametrize("type_", TYPES)
def test_chaque_evenement_ecoute_laisse_un_avis_qui_mene_a_sa_page(type_: str) -> None:
    banc = Banc()
    recevoir(banc, evenement(type_))
    [fil] = avis(banc)
    [message] = fil_lu(fil, Auteur(AGENT, "agent"))["messages"]
    assert message["cote"] == "systeme"
    assert message["avis"]["lien"].startswith(("/dossier/changements/", "/cv#"))
    assert "{" not in message["texte"] + fil.sujet + message["avis"]["objet"]
    for publie in banc.memoire.published():
        contracts.validate_produced(publie)


def test_le_meme_evenement_deux_fois_ne_laisse_qu_un_avis() -> None:
    banc = Banc()
    for _ in range(3):
        recevoir(banc, evenement("dossier.changement.accepte.v1"))
    assert [publie["type"] for publie in banc.memoire.published()] == ["courrier.avis.envoye.v1"]


def test_les_avis_d_une_meme_demande_se_suivent_dans_un_fil() -> None:
    banc = Banc()
    recevoir(banc, evenement("dossier.changement.pris_en_charge.v1", 2))
    recevoir(banc, evenement("dossier.changement.accepte.v1", 3))
    [fil] = avis(banc)
    assert [message.avis.type for message in fil.dans_l_ordre() if message.avis] == [
        "pris_en_charge",
        "accepte",
    ]
    assert fil.non_lus("agent") == 2


def test_un_refus_et_un_complement_sur_le_cv_ne_disent_pas_la_meme_chose() -> None:
    textes = []
    for nature in ("refus", "complement"):
        banc = Banc()
        recevoir(banc, evenement("cv.element.a_corriger.v1", nature=nature))
        [fil] = avis(banc)
        textes.append(fil.dans_l_ordre()[0].texte)
    assert textes[0] != textes[1]


def test_une_rubrique_encore_inconnue_a_quand_meme_un_nom() -> None:
    banc = Banc()
    recevoir(banc, evenement("cv.element.verifie.v1", rubrique="langues-anciennes"))
    [fil] = avis(banc)
    assert "votre CV" in fil.sujet


def test_l_avis_garde_la_cause_et_l_auteur_du_service() -> None:
    banc = Banc()
    message = evenement("cv.element.verifie.v1")
    recevoir(banc, message)
    [publie] = banc.memoire.published()
    assert (publie["causation"], publie["actor"]) == (message.id, "service:courrier")


def test_chaque_texte_a_sa_date_de_validite_et_un_evenement_qui_existe() -> None:
    for modele in charger().modeles:
        assert modele.evenement in contracts.TYPES
        assert modele.valable_du.year >= 2025
