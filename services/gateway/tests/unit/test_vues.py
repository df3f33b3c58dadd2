"""From the services' words to those of the pages."""

from typing import Any

import pytest
from gateway.application.decisions import body_of, route_of
from gateway.application.saisie import Saisie
from gateway.application.vues import accueil, bureau, demandes, file, personnes
from gateway.application.vues.changement import en_lettres
from gateway.application.vues.compte import appareil
from gateway.application.vues.libelles import Libelles
from gateway.application.vues.pagination import pagination
from gateway.application.vues.personnes import Noms

from chassis.errors import Introuvable

LIBELLES = Libelles.of(
    [
        {
            "code": "coordonnees",
            "libelle": "Coordonnées",
            "cas": [{"code": "adresse", "libelle": "Déménagement"}],
        }
    ],
    [{"code": "diplomes", "libelle": "Diplômes"}],
)
NOMS = Noms({"g1": {"civilite": "MME", "prenom": "Sylvie", "nom": "Perrin"}})


def ligne(**changed: Any) -> dict[str, Any]:
    return {
        "_id": "dossier~a1~c1", "seq": 4, "service": "dossier", "nature": "changement", "agent": "a1",
        "item": "c1", "reference": "LYO-2026-AAAAAA", "rubrique": "coordonnees", "cas": "adresse",
        "etat": "pris_en_charge",
        "onglet": "les_miens", "pris_par": "g1", "recu_le": "2026-11-20T08:00:00.000Z",
        "etat_depuis": "2026-11-21T08:00:00.000Z", "echeance": "2026-12-01", "nb_pieces": 1, **changed,
    }  # fmt: skip


def test_une_demande_dit_ce_qu_elle_change_et_qui_la_tient() -> None:
    vue = demandes.demande(ligne(), LIBELLES, NOMS)
    assert vue["titre"] == "Coordonnées : déménagement"
    assert vue["pris_par"] == {"personne_id": "g1", "civilite": "Mme", "prenom": "Sylvie", "nom": "Perrin"}
    assert vue["lien"] == "/dossier/changements/c1"


def test_un_nom_inconnu_ne_s_invente_pas() -> None:
    assert demandes.demande(ligne(pris_par="inconnu"), LIBELLES, NOMS)["pris_par"] is None


def test_ce_qui_attend_l_agent_est_a_faire() -> None:
    shown = demandes.demandes([ligne(etat="complement_demande"), ligne(etat="accepte")], LIBELLES, NOMS)
    assert [tache["etat"] for tache in demandes.a_faire(shown)] == ["complement_demande"]


def test_un_service_muet_le_dit_sur_sa_tuile_et_les_autres_marchent() -> None:
    tuiles = {t["cle"]: t for t in bureau.tuiles(None, [], 2)}
    assert tuiles["dossier"]["indisponible"]
    assert not tuiles["courrier"]["indisponible"]
    assert tuiles["courrier"]["nombre"] == 2


def test_la_situation_se_lit_en_deux_phrases() -> None:
    identite = {
        "corps_libelle": "Professeur certifié", "grade_libelle": "Classe normale", "echelon": 9,
        "discipline_libelle": "Anglais", "etablissement": {"denomination": "Lycée Ampère", "commune": "Lyon"},
    }  # fmt: skip
    assert (
        bureau.situation(identite)
        == "Professeur certifié d’anglais, classe normale, échelon 9. Lycée Ampère, Lyon."
    )


@pytest.mark.parametrize(
    ("corps", "discipline", "attendu"),
    [
        ("Professeure agrégée", "Lettres modernes", "Professeure agrégée de lettres modernes"),
        (
            "Professeur certifié",
            "Sciences de la vie et de la Terre",
            "Professeur certifié de sciences de la vie et de la Terre",
        ),
        (
            "Professeure de lycée professionnel",
            "Anglais",
            "Professeure de lycée professionnel, anglais",
        ),
        (
            "Professeur d’éducation physique et sportive",
            "Éducation physique et sportive",
            "Professeur d’éducation physique et sportive",
        ),
        ("Conseillère principale d’éducation", "", "Conseillère principale d’éducation"),
        ("", "Anglais", "Anglais"),
    ],
)
def test_le_metier_se_dit_comme_on_le_dit(corps: str, discipline: str, attendu: str) -> None:
    assert bureau.metier(corps, discipline) == attendu


@pytest.mark.parametrize(
    ("libelle", "attendu"),
    [
        ("Lyon", "Académie de Lyon"),
        ("Amiens", "Académie d’Amiens"),
        ("Orléans-Tours", "Académie d’Orléans-Tours"),
    ],
)
def test_une_academie_s_elide(libelle: str, attendu: str) -> None:
    assert personnes.academie(libelle) == attendu


def test_la_ligne_tenue_par_moi_le_dit() -> None:
    assert file.ligne(ligne(), LIBELLES, NOMS, "g1")["vous"]
    assert not file.ligne(ligne(), LIBELLES, NOMS, "g2")["vous"]
    assert file.ligne(ligne(onglet="a_prendre"), LIBELLES, NOMS, "g1")["peut_prendre"]


@pytest.mark.parametrize(
    ("q", "trouvees"),
    [("lyon", ["lyon"]), ("Saint-Étienne", ["lyon"]), ("savoie", ["grenoble"]), ("zzz", [])],
)
def test_une_academie_se_trouve_par_ville_ou_departement(q: str, trouvees: list[str]) -> None:
    from gateway.adapters.academies import academies

    vue = accueil.accueil(academies(), q, "", None, None)
    assert [a["code"] for region in vue["regions"] for a in region["academies"]] == trouvees


def test_un_modele_choisi_sans_texte_prete_le_sien() -> None:
    motifs = [{"code": "illisible", "texte": "La pièce n’est pas lisible."}]
    body = body_of("dossier", "refuser", Saisie.of({"modele": ["illisible"]}), motifs)
    assert body == {"motif": "La pièce n’est pas lisible.", "modele": "illisible"}


def test_un_texte_ecrit_l_emporte_sur_le_modele() -> None:
    typed = Saisie.of({"modele": ["illisible"], "motif": ["Page 2 absente."]})
    assert (
        body_of("dossier", "refuser", typed, [{"code": "illisible", "texte": "…"}])["motif"]
        == "Page 2 absente."
    )


def test_refuser_un_element_de_cv_le_renvoie_a_corriger() -> None:
    assert route_of("cv", "refuser") == "a-corriger"
    assert body_of("cv", "refuser", Saisie.of({"motif": ["Non"]}), [])["nature"] == "refus"
    assert body_of("cv", "demander-complement", Saisie.of({"motif": ["Non"]}), [])["nature"] == "complement"


def test_un_bouton_inconnu_n_est_pas_un_acte() -> None:
    with pytest.raises(Introuvable):
        route_of("dossier", "supprimer")


def test_une_date_se_lit_en_lettres_et_le_reste_tel_quel() -> None:
    assert en_lettres("2026-03-27") == "27 mars 2026"
    assert en_lettres("2026-11-01") == "1er novembre 2026"
    assert en_lettres("31/2/2026") == "31/2/2026"


def test_les_pages_d_une_liste_disent_ou_l_on_est() -> None:
    vue = pagination(2, 45, 20, lambda page: f"/file?page={page}")
    assert (vue["premier"], vue["dernier"], vue["pages"]) == (21, 40, 3)
    assert (vue["precedente"], vue["suivante"]) == ("/file?page=1", "/file?page=3")


def test_un_navigateur_se_dit_en_deux_mots() -> None:
    assert appareil("Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36") == "Chrome sur Linux"
    assert appareil("") == "Navigateur inconnu"


def test_les_personnes_citees_sont_trouvees_a_toute_profondeur() -> None:
    data = {"pris_par": "g1", "chronologie": [{"par": "a1"}, {"par": None}], "decision": {"par": "g2"}}
    assert personnes.ids_in(data) == {"g1", "a1", "g2"}
