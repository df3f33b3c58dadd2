"""The drain of accounts, and the life of one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from identity.application.comptes import Tenue, tenir_les_comptes
from identity.application.ports import CompteRefuse, FicheCompte
from identity.domain.personne import Personne
from identity.domain.transitions import TransitionInterdite

from chassis.errors import Transitoire
from chassis.testing.memory import context
from services.identity.tests.doublures import Monde


@dataclass
class Annuaire:
    ouverts: list[FicheCompte] = field(default_factory=list)
    fermes: list[str] = field(default_factory=list)
    refuses: set[str] = field(default_factory=set)
    sans_courriel: set[str] = field(default_factory=set)
    muet: bool = False

    def ouvrir(self, fiche: FicheCompte) -> bool:
        if self.muet:
            raise Transitoire("keycloak")
        if fiche.identifiant in self.refuses:
            raise CompteRefuse("identifiant-deja-pris")
        self.ouverts.append(fiche)
        return fiche.identifiant not in self.sans_courriel

    def fermer(self, identifiant: str) -> None:
        self.fermes.append(identifiant)


@dataclass
class Liste:
    comptes: list[Mapping[str, Any]] = field(default_factory=list)

    def publier(self, comptes: Iterator[Mapping[str, Any]]) -> None:
        self.comptes = list(comptes)


@dataclass
class Bureau:
    monde: Monde
    annuaire: Annuaire = field(default_factory=Annuaire)
    liste: Liste = field(default_factory=Liste)
    signales: list[tuple[str, str]] = field(default_factory=list)

    def tenir(self, mot_de_passe: str | None = "secret") -> int:
        tenue = Tenue(
            self.monde.personnes.repository,
            self.monde.lectures,
            self.monde.sources.portefeuilles,
            self.annuaire,
            self.liste,
            mot_de_passe,
            lambda evenement, id: self.signales.append((evenement, id)),
        )
        return tenir_les_comptes(tenue, lambda: context("service:identity"), lambda: False)


@pytest.fixture
def bureau(monde: Monde) -> Bureau:
    return Bureau(monde)


def etat(bureau: Bureau, identifiant: str) -> str:
    return bureau.monde.personne(identifiant).compte.etat


def test_chaque_compte_est_ouvert_une_seule_fois(bureau: Bureau) -> None:
    assert bureau.tenir() == 9
    assert bureau.tenir() == 0
    assert len(bureau.annuaire.ouverts) == 9
    assert etat(bureau, "rdupont") == "cree"


def test_une_fiche_de_compte_ne_porte_ni_nom_ni_numen(bureau: Bureau) -> None:
    bureau.tenir()
    assert "BLX" not in str(bureau.annuaire.ouverts)
    assert "René" not in str(bureau.annuaire.ouverts)


def test_un_compte_refuse_est_a_corriger_et_signale_les_autres_sont_ouverts(bureau: Bureau) -> None:
    bureau.annuaire.refuses.add("rdupont1")
    bureau.tenir()
    assert etat(bureau, "rdupont1") == "a_corriger"
    assert bureau.monde.personne("rdupont1").compte.a_corriger == "identifiant-deja-pris"
    assert bureau.signales == [("compte.a_corriger", bureau.monde.id("rdupont1"))]
    assert etat(bureau, "rdupont2") == "cree"


def test_un_compte_ouvert_sans_son_courriel_est_signale(bureau: Bureau) -> None:
    bureau.annuaire.sans_courriel.add("rdupont")
    bureau.tenir()
    assert bureau.monde.personne("rdupont").compte.courriel is None
    assert bureau.signales == [("compte.ouvert_sans_courriel", bureau.monde.id("rdupont"))]


def test_tant_que_keycloak_est_muet_les_comptes_attendent(bureau: Bureau) -> None:
    bureau.annuaire.muet = True
    with pytest.raises(Transitoire):
        bureau.tenir()
    assert etat(bureau, "rdupont") == "a_creer"
    bureau.annuaire.muet = False
    assert bureau.tenir() == 9


def test_un_compte_desactive_est_ferme_dans_keycloak(bureau: Bureau) -> None:
    bureau.tenir()
    id = bureau.monde.id("sperrin")
    bureau.monde.personnes.repository.execute(id, context(), Personne.desactiver)
    bureau.tenir()
    assert bureau.annuaire.fermes == ["sperrin"]
    assert etat(bureau, "sperrin") == "desactive"


def test_la_liste_de_demonstration_ne_montre_que_les_comptes_ouverts(bureau: Bureau) -> None:
    bureau.annuaire.refuses.add("rdupont")
    bureau.tenir()
    assert "rdupont" not in [compte["identifiant"] for compte in bureau.liste.comptes]
    sylvie = next(compte for compte in bureau.liste.comptes if compte["identifiant"] == "sperrin")
    assert sylvie == {
        "identifiant": "sperrin",
        "mot_de_passe": "secret",
        "role": "gestionnaire",
        "nom": "Sylvie Perrin",
        "portefeuilles": ["DPE2-ANGLAIS"],
    }


def test_la_liste_de_demonstration_se_lit_agents_d_abord_puis_gestionnaires(bureau: Bureau) -> None:
    bureau.tenir()
    roles = [compte["role"] for compte in bureau.liste.comptes]
    assert roles[:5] == ["enseignant"] * 3 + ["gestionnaire"] * 2
    assert bureau.liste.comptes[0]["identifiant"] == "rdupont"


def test_sans_mot_de_passe_de_demonstration_rien_n_est_publie(bureau: Bureau) -> None:
    bureau.tenir(mot_de_passe=None)
    assert bureau.liste.comptes == []
    assert all(fiche.mot_de_passe is None for fiche in bureau.annuaire.ouverts)


def test_fermer_un_compte_que_personne_n_a_desactive_est_interdit(monde: Monde) -> None:
    with pytest.raises(TransitionInterdite):
        monde.personne("rdupont").fermer_compte()
