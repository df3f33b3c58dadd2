"""A gestionnaire takes a request, decides, or asks for more; the agent completes or cancels."""

from datetime import date
from typing import Any

import pytest
from dossier.application.commandes import (
    AccepterChangement,
    AnnulerChangement,
    CompleterChangement,
    DemanderComplement,
    LibererApresTransfert,
    LibererChangement,
    PrendreEnCharge,
    RefuserChangement,
    SignalerChangement,
)
from dossier.application.handlers import executer
from dossier.domain import vie
from dossier.domain.erreurs import DetenuParUnAutre, TransitionInterdite
from dossier.domain.transitions import SYSTEME
from dossier.domain.vie import Auteur

import contracts
from chassis.commands import Expected
from chassis.errors import DonneesInvalides, EtatPerime, Interdit, Introuvable


@pytest.fixture
def prise(monde: Any) -> str:
    """A birth that Sylvie holds."""
    id = monde.naissance()
    monde.faire(PrendreEnCharge(monde.rene, id))
    return id


def test_la_gestionnaire_du_portefeuille_prend_en_charge(monde: Any, prise: str) -> None:
    demande = monde.demande(prise)
    assert (demande.etat, demande.pris_par) == ("pris_en_charge", monde.sylvie)


def test_le_gestionnaire_d_un_autre_portefeuille_ne_voit_pas_la_demande(monde: Any) -> None:
    id = monde.demenager()
    with pytest.raises(Introuvable):
        monde.faire(PrendreEnCharge(monde.rene, id), monde.gestionnaire(monde.paul))
    assert [ligne.acteur for ligne in monde.application.acces_refuses.of(monde.rene)] == [monde.paul]


def test_la_suppleante_agit_aux_dates_de_sa_suppleance_seulement(monde: Any) -> None:
    id = monde.demenager()
    with pytest.raises(Introuvable):
        monde.faire(PrendreEnCharge(monde.rene, id), monde.gestionnaire(monde.gaelle))
    monde.suppleer(monde.gaelle, "2026-11-20", "2026-11-30")
    assert (
        monde.faire(PrendreEnCharge(monde.rene, id), monde.gestionnaire(monde.gaelle)).pris_par
        == monde.gaelle
    )


def test_une_gestionnaire_au_compte_ferme_ne_decide_plus(monde: Any, prise: str) -> None:
    monde.agents.etats[monde.sylvie]["compte_actif"] = False
    with pytest.raises(Interdit):
        monde.faire(AccepterChangement(monde.rene, prise))


def test_accepter_un_demenagement_remplace_l_adresse_et_garde_le_reste(monde: Any) -> None:
    id = monde.demenager()
    monde.faire(PrendreEnCharge(monde.rene, id))
    monde.faire(AccepterChangement(monde.rene, id))
    presentes = monde.presentes("coordonnees")
    assert (presentes["commune"], presentes["telephone"]) == ("Lyon", "+33675201674")


def test_accepter_une_naissance_ajoute_un_enfant_sans_toucher_aux_autres(monde: Any, prise: str) -> None:
    monde.faire(AccepterChangement(monde.rene, prise))
    enfants = [e.valeurs["prenom"] for e in monde.dossier().en_vigueur("enfants", date(2026, 11, 24))]
    assert enfants == ["Pauline", "Léa"]


def test_la_valeur_acceptee_dit_qui_l_a_decidee_et_attend_sa_reprise(monde: Any, prise: str) -> None:
    demande = monde.faire(AccepterChangement(monde.rene, prise))
    [entree] = [e for e in monde.dossier().entrees.values() if e.origine == "signale"]
    assert entree.en_attente_reprise
    assert (entree.source, entree.decision.par) == (demande.reference, monde.sylvie)
    assert entree.valeurs == {"prenom": "Léa", "a_charge": True, "date_naissance": "2026-11-02"}


def test_accepter_publie_la_decision_puis_la_mise_a_jour(monde: Any, prise: str) -> None:
    monde.faire(AccepterChangement(monde.rene, prise))
    assert monde.types()[-2:] == ["changement.accepte", "mis_a_jour"]
    for evenement in monde.evenements():
        contracts.validate_produced(evenement)


def test_accepter_une_erreur_de_carriere_n_ecrit_rien_la_base_le_fera(monde: Any) -> None:
    corps = {"constat": "Échelon faux", "attendu": "10"}
    commande = SignalerChangement(monde.rene, "carriere", "erreur", corps, "2026-09-01")
    id = executer(monde.application, commande, monde.agent()).item
    avant = monde.dossier().entrees
    monde.faire(PrendreEnCharge(monde.rene, id))
    monde.faire(AccepterChangement(monde.rene, id))
    assert monde.dossier().entrees == avant
    assert monde.types()[-1] == "changement.accepte"


def test_un_enfant_qui_n_est_plus_a_charge_reste_au_dossier(monde: Any) -> None:
    [pauline] = monde.dossier().en_vigueur("enfants", date(2026, 11, 24))
    commande = SignalerChangement(monde.rene, "enfants", "fin_charge", {"entree": pauline.id}, "2026-09-01")
    id = executer(monde.application, commande, monde.agent()).item
    monde.faire(PrendreEnCharge(monde.rene, id))
    monde.faire(AccepterChangement(monde.rene, id))
    [chaine] = monde.dossier().chaines("enfants")
    assert chaine.etat(date(2026, 11, 24)) == {**pauline.valeurs, "a_charge": False}


def test_seule_la_detentrice_decide(monde: Any, prise: str) -> None:
    monde.suppleer(monde.gaelle, "2026-11-20", "2026-11-30")
    for commande in (
        AccepterChangement(monde.rene, prise),
        RefuserChangement(monde.rene, prise, "Non."),
        DemanderComplement(monde.rene, prise, "Encore."),
        PrendreEnCharge(monde.rene, prise),
    ):
        with pytest.raises(DetenuParUnAutre) as refus:
            monde.faire(commande, monde.gestionnaire(monde.gaelle))
        assert refus.value.par == monde.sylvie


def test_on_ne_decide_pas_d_une_demande_que_personne_ne_tient(monde: Any) -> None:
    id = monde.demenager()
    with pytest.raises(TransitionInterdite):
        monde.faire(AccepterChangement(monde.rene, id))


def test_liberer_remet_la_demande_dans_la_file(monde: Any, prise: str) -> None:
    demande = monde.faire(LibererChangement(monde.rene, prise))
    assert (demande.etat, demande.pris_par) == ("signale", None)


def test_un_refus_sans_motif_est_refuse(monde: Any, prise: str) -> None:
    with pytest.raises(DonneesInvalides) as refus:
        monde.faire(RefuserChangement(monde.rene, prise, "  "))
    assert refus.value.erreurs[0].champ == "motif"


def test_un_refus_motive_est_definitif_et_peut_etre_cite(monde: Any, prise: str) -> None:
    demande = monde.faire(RefuserChangement(monde.rene, prise, "Acte illisible.", "piece_non_probante"))
    assert (demande.etat, demande.echeance, demande.decision.motif) == ("refuse", None, "Acte illisible.")
    assert monde.evenements()[-1]["data"]["motif_code"] == "piece_non_probante"
    for commande in (AccepterChangement(monde.rene, prise), PrendreEnCharge(monde.rene, prise)):
        with pytest.raises(TransitionInterdite):
            monde.faire(commande)
    assert monde.demande(monde.naissance(demande_citee=prise)).demande_citee == prise


def test_un_modele_de_motif_inconnu_est_refuse(monde: Any, prise: str) -> None:
    with pytest.raises(DonneesInvalides):
        monde.faire(RefuserChangement(monde.rene, prise, "Non.", "a_la_tete_du_client"))


def test_le_texte_du_motif_ne_part_jamais_sur_le_fil(monde: Any, prise: str) -> None:
    monde.faire(RefuserChangement(monde.rene, prise, "Votre acte est celui de Mme Durand."))
    assert "Durand" not in str(monde.memoire.published())


def test_l_agent_complete_et_la_meme_gestionnaire_retrouve_la_demande(monde: Any, prise: str) -> None:
    monde.faire(
        DemanderComplement(monde.rene, prise, "Acte illisible.", "piece_illisible", date(2026, 12, 4))
    )
    assert monde.demande(prise).echeance == date(2026, 12, 4)
    commande = CompleterChangement(
        monde.rene, prise, {"prenom": "Léa-Rose"}, pieces=[], message="Voici le bon prénom."
    )
    demande = monde.faire(commande, monde.agent())
    assert (demande.etat, demande.pris_par) == ("pris_en_charge", monde.sylvie)
    assert demande.valeurs["prenom"] == "Léa-Rose"
    assert demande.echeance == date(2026, 12, 1)


def test_la_piece_ajoutee_prend_le_numero_suivant(monde: Any) -> None:
    id = monde.demenager()
    monde.faire(PrendreEnCharge(monde.rene, id))
    monde.faire(DemanderComplement(monde.rene, id, "Joignez un justificatif."))
    piece = monde.deposer("justificatif_domicile")
    monde.faire(CompleterChangement(monde.rene, id, pieces=[piece]), monde.agent())
    assert [p.n for p in monde.demande(id).pieces] == [1]


def test_un_acte_illisible_est_renvoye_a_cote_du_premier(monde: Any, prise: str) -> None:
    monde.faire(DemanderComplement(monde.rene, prise, "Acte illisible.", "piece_illisible"))
    nouvelle = monde.deposer("acte_naissance")
    demande = monde.faire(CompleterChangement(monde.rene, prise, pieces=[nouvelle]), monde.agent())
    assert [(p.n, p.usage) for p in demande.pieces] == [(1, "acte_naissance"), (2, "acte_naissance")]


def test_un_complement_ne_recoit_pas_plus_de_fichiers_que_prevu(monde: Any, prise: str) -> None:
    monde.faire(DemanderComplement(monde.rene, prise, "Acte illisible.", "piece_illisible"))
    deux = [monde.deposer("acte_naissance"), monde.deposer("acte_naissance")]
    with pytest.raises(DonneesInvalides):
        monde.faire(CompleterChangement(monde.rene, prise, pieces=deux), monde.agent())


def test_un_complement_aussi_est_verifie(monde: Any, prise: str) -> None:
    monde.faire(DemanderComplement(monde.rene, prise, "Prénom ?"))
    with pytest.raises(DonneesInvalides):
        monde.faire(CompleterChangement(monde.rene, prise, {"prenom": ""}), monde.agent())


def test_une_date_limite_passee_n_est_pas_un_delai(monde: Any, prise: str) -> None:
    with pytest.raises(DonneesInvalides):
        monde.faire(DemanderComplement(monde.rene, prise, "Vite.", None, date(2026, 11, 23)))


def test_l_agent_annule_avant_la_decision_mais_pas_apres(monde: Any, prise: str) -> None:
    autre = monde.demenager()
    assert monde.faire(AnnulerChangement(monde.rene, autre), monde.agent()).etat == "annule"
    monde.faire(AccepterChangement(monde.rene, prise))
    with pytest.raises(TransitionInterdite):
        monde.faire(AnnulerChangement(monde.rene, prise), monde.agent())


def test_seul_l_agent_annule(monde: Any, prise: str) -> None:
    with pytest.raises(Introuvable):
        monde.faire(AnnulerChangement(monde.rene, prise))


def test_une_decision_sur_une_page_perimee_est_refusee_et_montre_la_demande(monde: Any, prise: str) -> None:
    rev = monde.demande(prise).rev
    monde.faire(LibererChangement(monde.rene, prise))
    with pytest.raises(EtatPerime) as refus:
        executer(
            monde.application,
            AccepterChangement(monde.rene, prise),
            monde.gestionnaire(),
            Expected(prise, rev),
        )
    assert refus.value.agregat.changements[prise].etat == "signale"


def test_une_autre_demande_du_meme_dossier_ne_perime_pas_celle_ci(monde: Any, prise: str) -> None:
    rev = monde.demande(prise).rev
    monde.demenager()
    executer(
        monde.application, AccepterChangement(monde.rene, prise), monde.gestionnaire(), Expected(prise, rev)
    )
    assert monde.demande(prise).etat == "accepte"


def test_deux_gestionnaires_en_course_une_seule_prend(monde: Any) -> None:
    id = monde.demenager()
    monde.suppleer(monde.gaelle, "2026-11-20", "2026-11-30")
    monde.memoire.store.before_write = lambda: monde.faire(PrendreEnCharge(monde.rene, id))
    with pytest.raises(DetenuParUnAutre):
        monde.faire(PrendreEnCharge(monde.rene, id), monde.gestionnaire(monde.gaelle))
    assert monde.demande(id).pris_par == monde.sylvie


def test_un_transfert_libere_ce_que_l_ancienne_gestionnaire_tenait(monde: Any, prise: str) -> None:
    monde.agents.etats[monde.rene]["portefeuille_id"] = "10.DPE1-MATHS"
    contexte = monde.contexte("service:dossier", cle=None)
    executer(monde.application, LibererApresTransfert(monde.rene), contexte)
    demande = monde.demande(prise)
    assert (demande.etat, demande.pris_par) == ("signale", None)
    assert monde.evenements()[-1]["data"]["motif_code"] == "transfert"
    executer(monde.application, LibererApresTransfert(monde.rene), contexte)
    assert monde.types().count("changement.libere") == 1


def test_sans_transfert_rien_n_est_libere(monde: Any, prise: str) -> None:
    contexte = monde.contexte("service:dossier", cle=None)
    executer(monde.application, LibererApresTransfert(monde.rene), contexte)
    assert monde.demande(prise).pris_par == monde.sylvie


def test_la_base_qui_reprend_une_valeur_clot_la_demande(monde: Any, prise: str) -> None:
    systeme = Auteur("service:dossier", SYSTEME)
    contexte = monde.contexte("service:dossier", cle=None)
    monde.memoire.repository.execute(
        monde.rene, contexte, lambda d: vie.reprendre(d.changement(prise), systeme, contexte.now)
    )
    assert monde.demande(prise).etat == "repris"
    contracts.validate_produced(monde.evenements()[-1])


def test_ce_que_chacun_peut_faire_suit_la_table(monde: Any, prise: str) -> None:
    demande = monde.demande(prise)
    assert vie.possibles(demande, Auteur(monde.rene, "agent")) == ("annuler",)
    assert vie.possibles(demande, Auteur(monde.gaelle, "gestionnaire")) == ("liberer",)
    assert vie.possibles(demande, Auteur(monde.sylvie, "gestionnaire")) == (
        "liberer",
        "accepter",
        "refuser",
        "demander_complement",
    )
