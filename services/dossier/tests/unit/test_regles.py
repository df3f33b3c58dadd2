"""References, delays, and the dated catalogue."""

from datetime import date
from uuid import UUID

import pytest
from dossier.adapters.catalogue import charger
from dossier.domain import evenements
from dossier.domain.reference import ALPHABET, reference
from dossier.domain.transitions import TRANSITIONS

from chassis.errors import Introuvable


def test_la_reference_vient_de_l_identifiant_seul() -> None:
    id = str(UUID(int=12345))
    assert reference(id, "LYO", 2026) == reference(id, "LYO", 2026)
    assert reference(id, "LYO", 2026) != reference(str(UUID(int=12346)), "LYO", 2026)


def test_la_reference_n_a_aucun_caractere_ambigu() -> None:
    assert not set("01ILOU") & set(ALPHABET)


def test_chaque_rubrique_permet_de_signaler_quelque_chose() -> None:
    for rubrique in charger().rubriques:
        assert rubrique.cas, rubrique.code
        assert rubrique.signaler == ("erreur" if rubrique.cas[0].code == "erreur" else "changement")


def test_chaque_cas_porte_sa_source_et_sa_date() -> None:
    for rubrique in charger().rubriques:
        for cas in rubrique.cas:
            assert cas.source
            assert cas.valable_du <= date(2026, 1, 1)


def test_ce_qu_un_cas_demande_ou_implique_est_une_information_de_la_rubrique() -> None:
    for rubrique in charger().rubriques:
        for cas in (cas for cas in rubrique.cas if cas.effet != "aucun"):
            implicites = {*cas.fixe, *([cas.date_effet.dans] if cas.date_effet.dans else [])}
            noms = implicites | {champ.nom for champ in cas.champs if champ.type != "entree"}
            assert noms <= {champ.nom for champ in rubrique.champs}, (rubrique.code, cas.code)


def test_un_motif_ne_nomme_que_des_rubriques_qui_existent() -> None:
    catalogue = charger()
    codes = {rubrique.code for rubrique in catalogue.rubriques}
    assert {motif.rubrique for motif in catalogue.motifs if motif.rubrique} <= codes


def test_une_rubrique_inconnue_n_existe_pas() -> None:
    with pytest.raises(Introuvable):
        charger().rubrique("horoscope")


def test_un_cas_ne_vaut_qu_a_partir_de_sa_date() -> None:
    rubrique = charger().rubrique("coordonnees")
    with pytest.raises(Introuvable):
        rubrique.un_cas("adresse", date(2020, 1, 1))


def test_le_dernier_jour_de_recours_tombe_le_meme_quantieme_ou_le_dernier_du_mois() -> None:
    gracieux = charger().recours[1]
    assert gracieux.dernier_jour(date(2026, 11, 18)) == date(2027, 1, 18)
    assert gracieux.dernier_jour(date(2026, 12, 31)) == date(2027, 2, 28)


def test_chaque_transition_donne_un_evenement_qui_existe() -> None:
    assert {t.evenement for t in TRANSITIONS} == set(evenements.CHANGEMENT)
