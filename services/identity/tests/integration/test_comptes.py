"""Accounts, in the real Keycloak."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import requests
from identity.adapters.keycloak import AnnuaireKeycloak
from identity.application.comptes import tenir_les_comptes
from identity.application.ports import CompteRefuse, FicheCompte
from identity.bootstrap import Identity, assembler, preparer_les_index
from identity.config import Configuration
from identity.entrypoints.importer import importer

from chassis.errors import Transitoire
from chassis.ids import RandomIds
from chassis.mongo.connection import MongoDatabase
from chassis.testing.servers import KeycloakServer
from services.identity.tests import extraits
from services.identity.tests.reglages import MOT_DE_PASSE, reglages

pytestmark = pytest.mark.serveur
PROVISIONING = "iprof-provisioning"


@pytest.fixture
def configuration(tmp_path: Path, keycloak_server: KeycloakServer) -> Configuration:
    return reglages(
        tmp_path,
        KEYCLOAK_URL=keycloak_server.url,
        PROVISIONING_SECRET_FILE=str(keycloak_server.secret_file(PROVISIONING)),
    )


@pytest.fixture
def annuaire(keycloak_server: KeycloakServer) -> AnnuaireKeycloak:
    return AnnuaireKeycloak(
        keycloak_server.url, keycloak_server.realm, PROVISIONING, lambda: keycloak_server.secret(PROVISIONING)
    )


@pytest.fixture
def suffixe() -> str:
    """Names nobody had before: Keycloak lives longer than a test."""
    return "".join(lettre for lettre in RandomIds().new() if lettre.isalpha()).ljust(4, "z")


def fiche(identifiant: str, **champs: Any) -> FicheCompte:
    donnees: dict[str, Any] = {
        "personne_id": RandomIds().new(),
        "identifiant": identifiant,
        "academie": "10",
        "roles": ("enseignant",),
        "courriel": f"{identifiant}@exemple.invalid",
        "mot_de_passe": None,
        **champs,
    }
    return FicheCompte(**donnees)


def utilisateur(annuaire: AnnuaireKeycloak, identifiant: str) -> dict[str, Any]:
    (trouve,) = annuaire._admin().get_users({"username": identifiant, "exact": True})
    return dict(trouve)


def test_un_compte_porte_la_personne_son_academie_et_ses_roles(
    annuaire: AnnuaireKeycloak, suffixe: str
) -> None:
    demande = fiche(f"a{suffixe}")
    assert annuaire.ouvrir(demande)
    cree = utilisateur(annuaire, demande.identifiant)
    assert cree["attributes"] == {"personne_id": [demande.personne_id], "academie": ["10"]}
    assert cree["email"] == demande.courriel
    groupes = annuaire._admin().get_user_groups(cree["id"])
    assert [groupe["name"] for groupe in groupes] == ["enseignant"]


def test_ouvrir_deux_fois_le_meme_compte_ne_fait_rien_de_plus(
    annuaire: AnnuaireKeycloak, suffixe: str
) -> None:
    demande = fiche(f"b{suffixe}")
    assert annuaire.ouvrir(demande)
    avant = utilisateur(annuaire, demande.identifiant)
    assert annuaire.ouvrir(demande)
    assert utilisateur(annuaire, demande.identifiant)["id"] == avant["id"]


def test_un_courriel_deja_pris_donne_un_compte_sans_courriel(
    annuaire: AnnuaireKeycloak, suffixe: str
) -> None:
    annuaire.ouvrir(fiche(f"c{suffixe}"))
    seconde = fiche(f"d{suffixe}", courriel=f"c{suffixe}@exemple.invalid")
    assert not annuaire.ouvrir(seconde)
    assert "email" not in utilisateur(annuaire, seconde.identifiant)
    assert not annuaire.ouvrir(seconde)


def test_un_identifiant_tenu_par_une_autre_personne_est_refuse(
    annuaire: AnnuaireKeycloak, suffixe: str
) -> None:
    annuaire.ouvrir(fiche(f"e{suffixe}"))
    with pytest.raises(CompteRefuse, match="identifiant-deja-pris"):
        annuaire.ouvrir(fiche(f"e{suffixe}", courriel=None))


def test_un_compte_ferme_ne_peut_plus_se_connecter(annuaire: AnnuaireKeycloak, suffixe: str) -> None:
    demande = fiche(f"f{suffixe}")
    annuaire.ouvrir(demande)
    annuaire.fermer(demande.identifiant)
    ferme = utilisateur(annuaire, demande.identifiant)
    assert ferme["enabled"] is False
    assert ferme["attributes"]["personne_id"] == [demande.personne_id]


def test_keycloak_muet_fait_attendre_et_ne_condamne_personne(suffixe: str) -> None:
    muet = AnnuaireKeycloak("http://127.0.0.1:9", "iprof", PROVISIONING, lambda: "secret")
    with pytest.raises(Transitoire):
        muet.ouvrir(fiche(f"g{suffixe}"))


@pytest.fixture
def charge(
    mongo_database: MongoDatabase, configuration: Configuration, tmp_path: Path, suffixe: str
) -> Identity:
    preparer_les_index(mongo_database)
    identity = assembler(configuration, mongo_database)
    fichier = extraits.ecrire(tmp_path / "lyon.ndjson", extraits.octets(_propres_a(suffixe)))
    assert importer(identity, [str(fichier)]) == 0
    return identity


def _propres_a(suffixe: str) -> list[extraits.Ligne]:
    contenu = []
    for ligne in extraits.lignes(14):
        if ligne["type"] == "personnel":
            ligne = {**ligne, "nom": ligne["nom"] + suffixe, "courriel": None}
        if ligne["type"] == "agent":
            ligne = extraits.change(ligne, "etat_civil.nom_usage", "Dupont" + suffixe)
            ligne = extraits.change(ligne, "coordonnees.courriel", None)
        contenu.append(ligne)
    return contenu


def test_tous_les_comptes_sont_ouverts_ceux_de_demonstration_d_abord(charge: Identity) -> None:
    tenue, ordre = charge.tenue_des_comptes(), []
    tenir_les_comptes(_espionnee(tenue, ordre), charge.contexte_du_service, lambda: False)
    assert len(ordre) == 20
    demonstration = [compte is not None for compte in ordre]
    assert demonstration == sorted(demonstration, reverse=True)
    assert sum(demonstration) == 16
    etats = charge.base["personnes"].distinct("etat.compte.etat")
    assert etats == ["cree"]


def _espionnee(tenue: Any, ordre: list[str | None]) -> Any:
    class Espion:
        def ouvrir(self, fiche: FicheCompte) -> bool:
            ordre.append(fiche.mot_de_passe)
            return bool(tenue.annuaire.ouvrir(fiche))

    return replace(tenue, annuaire=Espion())


def test_la_liste_de_demonstration_dit_qui_peut_entrer_et_a_qui_elle_est_lisible(
    charge: Identity, tmp_path: Path, suffixe: str
) -> None:
    tenir_les_comptes(charge.tenue_des_comptes(), charge.contexte_du_service, lambda: False)
    liste = tmp_path / "comptes.json"
    assert liste.stat().st_mode & 0o777 == 0o600
    comptes = json.loads(liste.read_text(encoding="utf-8"))
    roles = [compte["role"] for compte in comptes]
    assert roles.count("enseignant") == 10
    assert roles.count("gestionnaire") == 2
    assert {"responsable", "administrateur", "chef-etablissement", "inspecteur"} < set(roles)
    rene = next(compte for compte in comptes if compte["identifiant"] == f"rdupont{suffixe}")
    assert rene["mot_de_passe"] == MOT_DE_PASSE
    assert rene["portefeuilles"] == ["DPE2-ANGLAIS"]


def test_seuls_les_comptes_de_demonstration_ont_un_mot_de_passe(
    charge: Identity, annuaire: AnnuaireKeycloak, suffixe: str
) -> None:
    tenir_les_comptes(charge.tenue_des_comptes(), charge.contexte_du_service, lambda: False)
    admin = annuaire._admin()

    def moyens(identifiant: str) -> list[Any]:
        return list(admin.get_credentials(utilisateur(annuaire, identifiant)["id"]))

    assert moyens(f"rdupont{suffixe}")
    assert not moyens(f"rdupont{suffixe}13")


def test_en_production_personne_n_a_de_mot_de_passe_connu(
    mongo_database: MongoDatabase, tmp_path: Path
) -> None:
    configuration = reglages(tmp_path, IPROF_PROFIL="production")
    assert assembler(configuration, mongo_database).configuration.mot_de_passe_de_demonstration() is None


def test_le_service_de_comptes_sait_s_identifier(keycloak_server: KeycloakServer) -> None:
    answer = requests.post(
        f"{keycloak_server.issuer}/protocol/openid-connect/token",
        data={
            "grant_type": "client_credentials",
            "client_id": PROVISIONING,
            "client_secret": keycloak_server.secret(PROVISIONING),
        },
        timeout=10,
    )
    assert answer.status_code == 200
