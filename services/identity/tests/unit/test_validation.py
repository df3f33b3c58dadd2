"""The first pass: which lines are put aside, which files are refused."""

from typing import Any

import pytest
from identity.adapters.contrat import ContratExtrait
from identity.application.ports import LigneLue
from identity.application.validation import Bilan, valider
from identity.domain.entete import FichierRefuse
from identity.domain.nomenclatures import Nomenclatures

from services.identity.tests import extraits
from services.identity.tests.doublures import Releve, Suivi, lues
from services.identity.tests.extraits import agent, change

FORME = ContratExtrait()


def passer(
    contenu: list[extraits.Ligne], tables: Nomenclatures, tete: extraits.Ligne | None = None
) -> tuple[Bilan, Releve]:
    releve = Releve()
    entree = lues([tete or extraits.en_tete(contenu), *contenu])
    return valider(entree, FORME, tables, releve, releve, Suivi()), releve


def seule_anomalie(ligne: extraits.Ligne, tables: Nomenclatures) -> tuple[str, str, bool]:
    contenu = [*extraits.lignes(1), ligne]
    _, releve = passer(contenu, tables)
    ((numero, champ, raison, ecartee),) = releve.anomalies
    assert numero == len(contenu) + 1
    assert raison.endswith(".")
    return champ, raison, ecartee


def test_un_bon_extrait_passe_en_entier_en_tete_compris(tables: Nomenclatures) -> None:
    contenu = extraits.lignes(3)
    bilan, releve = passer(contenu, tables)
    assert (bilan.acceptees, bilan.ecartees, bilan.signalees) == (len(contenu), 0, 0)
    assert releve.acceptees == [extraits.en_tete(contenu), *contenu]


@pytest.mark.parametrize(
    ("chemin", "valeur", "champ"),
    [
        ("numen", "10E0989434", "numen"),
        ("numen", "26E0989434SST", "numen"),
        ("numen", 12, "numen"),
        ("carriere.0.corps", "marechal", "carriere[0].corps"),
        ("carriere.0.grade", "XX", "carriere[0].grade"),
        ("carriere.0.echelon", 12, "carriere[0].echelon"),
        ("carriere.0.echelon", 0, "carriere[0].echelon"),
        ("carriere.0.date_effet", "2026-02-30", "carriere[0].date_effet"),
        ("affectations.0.fin", "2019-01-01", "affectations[0].fin"),
        ("affectations.0.uai", "0690035A", "affectations[0].uai"),
        ("positions.0.fin", "2001-01-01", "positions[0].fin"),
        ("modalites_service.0.fin", "2001-01-01", "modalites_service[0].fin"),
        ("coordonnees_bancaires.iban", "FR7630006000011234567890188", "coordonnees_bancaires.iban"),
        ("etat_civil.date_naissance", "2027-01-01", "etat_civil.date_naissance"),
        ("etat_civil.nom_usage", "…", "etat_civil.nom_usage"),
        ("etat_civil.prenoms", [], "etat_civil.prenoms"),
        ("enfants", {"prenom": "Paul"}, "enfants"),
        ("carriere.0.reliquat_jours", -1, "carriere[0].reliquat_jours"),
    ],
)
def test_un_agent_faux_est_ecarte_avec_le_champ_et_la_raison(
    chemin: str, valeur: Any, champ: str, tables: Nomenclatures
) -> None:
    trouve, raison, ecartee = seule_anomalie(change(agent(50), chemin, valeur), tables)
    assert (trouve, ecartee) == (champ, True)
    assert str(valeur) not in raison


def test_un_champ_absent_est_nomme(tables: Nomenclatures) -> None:
    ligne = agent(50)
    del ligne["etat_civil"]["date_naissance"]
    assert seule_anomalie(ligne, tables)[:2] == ("etat_civil.date_naissance", "Ce champ manque.")


def test_les_parties_facultatives_absentes_sont_rendues_vides(tables: Nomenclatures) -> None:
    ligne = agent(50)
    for champ in ("conges", "distinctions", "coordonnees_bancaires", "anciennete"):
        del ligne[champ]
    _, releve = passer([*extraits.lignes(1), ligne], tables)
    assert not releve.anomalies
    assert releve.acceptees[-1]["conges"] == []
    assert releve.acceptees[-1]["coordonnees_bancaires"] is None


@pytest.mark.parametrize(
    ("ligne", "champ"),
    [
        (extraits.etablissement("0690035A"), "uai"),
        (extraits.etablissement(), "uai"),
        (extraits.personnel(), "matricule"),
        (extraits.personnel("P9", roles=["empereur"]), "roles[0]"),
        (extraits.personnel("P9", roles=["chef-etablissement"]), "uai"),
        (extraits.portefeuille(), "code"),
        (extraits.portefeuille("X", corps=["marechal"]), "corps[0]"),
        (extraits.portefeuille("X", initiales=["M", "A"]), "initiales"),
        (extraits.portefeuille("X Y"), "code"),
        (agent(1), "numen"),
    ],
)
def test_une_ligne_fausse_ou_en_double_est_ecartee(
    ligne: extraits.Ligne, champ: str, tables: Nomenclatures
) -> None:
    trouve, _, ecartee = seule_anomalie(ligne, tables)
    assert (trouve, ecartee) == (champ, True)


@pytest.mark.parametrize(
    ("ligne", "champ"),
    [
        (extraits.portefeuille("X", gestionnaires=["P1", "P99"]), "gestionnaires[1]"),
        (extraits.portefeuille("X", gestionnaires=["P3"]), "gestionnaires[0]"),
        (change(agent(50), "affectations.0.uai", "0011256K"), "affectations[0].uai"),
        (extraits.personnel("P9", roles=["chef-etablissement"], uai="0011256K"), "uai"),
        (change(agent(50), "coordonnees.courriel", "agent1@EXEMPLE.invalid"), "coordonnees.courriel"),
        (change(agent(50), "coordonnees.courriel", "pas un courriel"), "coordonnees.courriel"),
    ],
)
def test_une_reference_inconnue_ou_un_courriel_inutilisable_est_signale_et_la_ligne_chargee(
    ligne: extraits.Ligne, champ: str, tables: Nomenclatures
) -> None:
    bilan, releve = passer([*extraits.lignes(1), ligne], tables)
    ((_, trouve, _, ecartee),) = releve.anomalies
    assert (trouve, ecartee) == (champ, False)
    assert (bilan.ecartees, bilan.signalees) == (0, 1)
    assert releve.acceptees[-1] == ligne


def test_une_reference_peut_preceder_ce_qu_elle_nomme(tables: Nomenclatures) -> None:
    _, releve = passer(list(reversed(extraits.lignes(3))), tables)
    assert not releve.anomalies


def test_un_type_inconnu_est_une_ligne_ecartee_qui_peut_en_remplacer_une(tables: Nomenclatures) -> None:
    contenu = extraits.lignes(3)
    tete = extraits.en_tete(contenu)
    contenu[-1] = {**contenu[-1], "type": "agnet"}
    bilan, releve = passer(contenu, tables, tete)
    assert (bilan.ecartees, releve.anomalies[0][1]) == (1, "type")


@pytest.mark.parametrize(
    "champs",
    [
        {"type": "export"},
        {"version": 2},
        {"base": "PAPIER"},
        {"academie": "26"},
        {"academie": "lyon"},
        {"arrete_au": "hier"},
        {"lignes": {"agent": "beaucoup"}},
        {"lignes": None},
    ],
)
def test_un_en_tete_faux_fait_refuser_le_fichier(champs: dict[str, Any], tables: Nomenclatures) -> None:
    contenu = extraits.lignes(1)
    with pytest.raises(FichierRefuse):
        passer(contenu, tables, {**extraits.en_tete(contenu), **champs})


@pytest.mark.parametrize("agents", [0, 2, 4])
def test_un_compte_qui_ne_correspond_pas_fait_refuser_le_fichier(agents: int, tables: Nomenclatures) -> None:
    tete = extraits.en_tete(extraits.lignes(agents))
    with pytest.raises(FichierRefuse, match="annonce"):
        passer(extraits.lignes(3), tables, tete)


def test_un_fichier_vide_ou_sans_en_tete_est_refuse(tables: Nomenclatures) -> None:
    releve = Releve()
    with pytest.raises(FichierRefuse, match="vide"):
        valider(iter(()), FORME, tables, releve, releve, Suivi())
    with pytest.raises(FichierRefuse):
        passer(extraits.lignes(1), tables, extraits.agent(1))


def test_un_fichier_qui_s_arrete_au_milieu_d_une_ligne_est_refuse(tables: Nomenclatures) -> None:
    contenu, releve = extraits.lignes(1), Releve()
    tete = extraits.en_tete(contenu)
    entree = [*lues([tete, *contenu[:-1]]), LigneLue(99, 3, None, "Illisible.", inachevee=True)]
    with pytest.raises(FichierRefuse, match="milieu"):
        valider(iter(entree), FORME, tables, releve, releve, Suivi())
