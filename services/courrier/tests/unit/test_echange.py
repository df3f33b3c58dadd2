"""A thread follows the table: who writes, who reads, who has the next word."""

from datetime import timedelta

import pytest
from courrier.domain import echange
from courrier.domain.echange import Auteur
from courrier.domain.erreurs import TransitionInterdite
from courrier.domain.evenements import PAR_NOM, FilAffecte, MessageLu
from courrier.domain.fil import AVIS, ECHANGE, Fil, Message
from courrier.domain.saisie import lire_sujet, lire_texte, verifier_nombre_de_pieces
from courrier.domain.transitions import TRANSITIONS

from chassis.errors import DonneesInvalides
from chassis.testing.clock import EPOCH

RENE = Auteur("rene", "agent", "10.ANGLAIS")
SYLVIE = Auteur("sylvie", "gestionnaire", "10.ANGLAIS")
KARIM = Auteur("karim", "gestionnaire", "10.ANGLAIS")
SYSTEME = Auteur("service:courrier", "systeme")


def message(id: str, auteur: Auteur, rang: int = 0, texte: str = "Bonjour") -> Message:
    return Message(id, rang, auteur.qualite, auteur.id, texte, EPOCH + timedelta(minutes=rang))


def ouvert(auteur: Auteur = RENE) -> Fil:
    fil = Fil("fil-1", "rene", ECHANGE, "RIB", EPOCH, "10.ANGLAIS")
    echange.ecrire(fil, message("m0", auteur), auteur)
    return fil


def clos() -> Fil:
    fil = ouvert()
    echange.clore(fil, SYLVIE)
    return fil


def avis() -> Fil:
    fil = Fil("avis-1", "rene", AVIS, "Demande", EPOCH)
    echange.aviser(fil, message("a0", SYSTEME), SYSTEME)
    return fil


def test_l_agent_ecrit_a_son_service_qui_a_le_mot_suivant() -> None:
    fil = ouvert()
    assert (fil.attend, fil.non_lus("gestionnaire"), fil.non_lus("agent")) == ("gestionnaire", 1, 0)
    assert fil.affecte_a is None


def test_repondre_prend_le_fil_et_rend_la_parole_a_l_agent() -> None:
    fil = ouvert()
    echange.repondre(fil, message("m1", SYLVIE, 1), SYLVIE)
    assert (fil.attend, fil.non_lus("agent"), fil.affecte_a) == ("agent", 1, "sylvie")


def test_une_collegue_repond_sans_prendre_le_fil_a_qui_l_a() -> None:
    fil = ouvert()
    echange.prendre_en_charge(fil, SYLVIE)
    echange.repondre(fil, message("m1", KARIM, 1), KARIM)
    assert fil.affecte_a == "sylvie"


def test_ouvrir_le_fil_lit_ce_que_l_autre_a_ecrit_une_fois() -> None:
    fil = ouvert()
    assert echange.lire(fil, RENE, EPOCH) == []
    assert echange.lire(fil, SYLVIE, EPOCH) == [MessageLu("m0")]
    assert fil.messages["m0"].lu_le == EPOCH
    assert fil.non_lus("gestionnaire") == 0
    assert echange.lire(fil, KARIM, EPOCH + timedelta(days=1)) == []
    assert fil.messages["m0"].lu_le == EPOCH


def test_on_lit_encore_un_fil_clos_mais_on_n_y_ecrit_plus() -> None:
    fil = clos()
    assert fil.attend == "personne"
    assert echange.lire(fil, SYLVIE, EPOCH) == [MessageLu("m0")]
    for auteur in (RENE, SYLVIE):
        with pytest.raises(TransitionInterdite, match="clos"):
            echange.repondre(fil, message("m1", auteur, 1), auteur)


def test_rouvrir_rend_la_parole_a_qui_l_avait() -> None:
    fil = clos()
    echange.rouvrir(fil, SYLVIE)
    assert fil.attend == "gestionnaire"


@pytest.mark.parametrize("acte", [echange.clore, echange.prendre_en_charge])
def test_l_agent_ne_clot_ni_ne_prend_un_fil(acte: object) -> None:
    with pytest.raises(TransitionInterdite):
        acte(ouvert(), RENE)  # type: ignore[operator]


def test_clore_deux_fois_est_refuse() -> None:
    with pytest.raises(TransitionInterdite):
        echange.clore(clos(), SYLVIE)


def test_un_avis_n_attend_rien_et_ne_recoit_pas_de_reponse() -> None:
    fil = avis()
    assert (fil.attend, fil.non_lus("agent"), fil.non_lus("gestionnaire")) == ("personne", 1, 0)
    with pytest.raises(TransitionInterdite, match="avis"):
        echange.repondre(fil, message("m1", RENE, 1), RENE)
    assert echange.possibles(fil, RENE) == ()


def test_le_meme_avis_deux_fois_n_en_fait_qu_un() -> None:
    fil = avis()
    assert echange.aviser(fil, message("a0", SYSTEME), SYSTEME) == []
    assert fil.resume.nb_messages == 1


def test_un_fil_suit_l_agent_dans_son_nouveau_portefeuille_une_fois() -> None:
    fil = ouvert()
    echange.prendre_en_charge(fil, SYLVIE)
    assert echange.readresser(fil, "10.LETTRES", SYSTEME) == [FilAffecte("fil-1", "transfert")]
    assert (fil.portefeuille_id, fil.affecte_a) == ("10.LETTRES", None)
    assert echange.readresser(fil, "10.LETTRES", SYSTEME) == []


def test_un_avis_ne_suit_personne() -> None:
    assert echange.readresser(avis(), "10.LETTRES", SYSTEME) == []


@pytest.mark.parametrize(
    ("fil", "auteur", "actes"),
    [
        (ouvert(), RENE, ("repondre",)),
        (ouvert(), SYLVIE, ("repondre", "prendre_en_charge", "clore")),
        (clos(), SYLVIE, ("rouvrir",)),
        (clos(), RENE, ()),
    ],
)
def test_chacun_sait_ce_qu_il_peut_faire(fil: Fil, auteur: Auteur, actes: tuple[str, ...]) -> None:
    assert echange.possibles(fil, auteur) == actes


def test_l_extrait_est_le_debut_du_dernier_message_sur_une_ligne() -> None:
    fil = ouvert()
    echange.repondre(fil, message("m1", SYLVIE, 1, "Bonjour,\n\nvoici " + "mot " * 60), SYLVIE)
    assert fil.resume.extrait.startswith("Bonjour, voici mot mot")
    assert fil.resume.extrait.endswith("mot …")
    assert len(fil.resume.extrait) <= 142


def test_un_message_court_est_son_propre_extrait() -> None:
    fil = ouvert()
    echange.repondre(fil, message("m1", SYLVIE, 1, "Bonjour.\n\nMerci."), SYLVIE)
    assert fil.resume.extrait == "Bonjour. Merci."


def test_un_fil_sans_fin_se_poursuit_dans_un_autre() -> None:
    fil = ouvert()
    for rang in range(1, echange.MESSAGES_MAX):
        echange.repondre(fil, message(f"m{rang}", RENE, rang), RENE)
    with pytest.raises(TransitionInterdite, match="très long"):
        echange.repondre(fil, message("de-trop", RENE), RENE)


@pytest.mark.parametrize("texte", ["", "  \n ", "x" * 5001, "caché\x00", "à l’envers\u202e"])
def test_un_texte_vide_trop_long_ou_trompeur_est_refuse(texte: str) -> None:
    with pytest.raises(DonneesInvalides):
        lire_texte(texte)


def test_un_texte_garde_ses_lignes_et_un_sujet_tient_sur_une() -> None:
    assert lire_texte(" Bonjour,\r\n\r\nmerci ") == "Bonjour,\n\nmerci"
    assert lire_sujet("Mon \n RIB") == "Mon RIB"


def test_pas_plus_de_cinq_fichiers_par_message() -> None:
    verifier_nombre_de_pieces(["r"] * 5)
    with pytest.raises(DonneesInvalides):
        verifier_nombre_de_pieces(["r"] * 6)


def test_chaque_evenement_de_la_table_existe() -> None:
    assert {transition.evenement for transition in TRANSITIONS} == set(PAR_NOM)


def test_un_message_deja_envoye_ne_se_recrit_pas() -> None:
    fil = ouvert()
    with pytest.raises(TransitionInterdite):
        echange.repondre(fil, message("m0", RENE, 1, "Autre chose"), RENE)
    assert fil.messages["m0"].texte == "Bonjour"


def test_un_fil_deja_ouvert_ne_s_ouvre_pas_une_seconde_fois() -> None:
    fil = ouvert()
    with pytest.raises(TransitionInterdite):
        echange.ecrire(fil, message("m0", RENE, 0, "Autre chose"), RENE)
    assert fil.messages["m0"].texte == "Bonjour"
