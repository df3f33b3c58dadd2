"""Every template renders its sample view, says nothing undefined and keeps the house's page rules."""

import json
import re
from datetime import date
from html.parser import HTMLParser
from itertools import count
from pathlib import Path
from typing import Any

import gateway
import pytest
import yaml
from flask import Flask, render_template
from gateway.entrypoints.http.formats import FILTRES
from jinja2 import StrictUndefined

RACINE = Path(gateway.__file__).parent
EXEMPLES = yaml.safe_load(Path(__file__).with_name("exemples_de_vues.yaml").read_text())
PAGES = [
    e for e in EXEMPLES if "/" not in e["template"] and e["template"] not in ("recu.html", "cv-imprime.html")
]
SANS_VUE = {"gabarit.html"}


@pytest.fixture(scope="module")
def app() -> Flask:
    app = Flask("gateway", template_folder=str(RACINE / "templates"), static_folder=str(RACINE / "static"))
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(FILTRES)
    cles = count(1)
    app.jinja_env.globals.update(csrf_token=lambda: "jeton", nouvelle_cle=lambda: f"cle-{next(cles)}")
    return app


def rendre(app: Flask, exemple: dict[str, Any]) -> str:
    with app.test_request_context():
        return render_template(exemple["template"], aujourdhui=date(2026, 11, 24), **exemple["contexte"])


class Lecture(HTMLParser):
    """What a rule needs to know of a page: its elements, in order, with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def tous(self, tag: str) -> list[dict[str, str | None]]:
        return [attributs for nom, attributs in self.elements if nom == tag]

    def ids(self) -> list[str]:
        return [a["id"] or "" for _, a in self.elements if "id" in a]


def nom(exemple: dict[str, Any]) -> str:
    return str(exemple["nom"])


@pytest.mark.parametrize("exemple", EXEMPLES, ids=nom)
def test_une_page_rend_son_exemple_sans_rien_d_indefini(app, exemple):
    html = rendre(app, exemple)
    assert html.strip()
    assert not re.search(r">\s*None\s*<|Undefined", html)


@pytest.mark.parametrize("exemple", PAGES, ids=nom)
def test_une_page_a_un_seul_titre_de_niveau_1_et_des_identifiants_uniques(app, exemple):
    page = Lecture(rendre(app, exemple))
    assert len(page.tous("h1")) == 1
    assert sorted(page.ids()) == sorted(set(page.ids()))


@pytest.mark.parametrize("exemple", PAGES, ids=nom)
def test_rien_n_est_ecrit_en_ligne_que_la_politique_de_contenu_refuserait(app, exemple):
    page = Lecture(rendre(app, exemple))
    assert not page.tous("style")
    assert all("src" in script for script in page.tous("script"))
    interdits = [a for _, attrs in page.elements for a in attrs if a == "style" or a.startswith("on")]
    assert interdits == []


@pytest.mark.parametrize("exemple", PAGES, ids=nom)
def test_chaque_champ_a_un_nom_et_chaque_renvoi_vise_un_identifiant(app, exemple):
    page = Lecture(rendre(app, exemple))
    ids = set(page.ids())
    etiquettes = {label.get("for") for label in page.tous("label")}
    champs = [
        a for tag in ("input", "select", "textarea") for a in page.tous(tag) if a.get("type") != "hidden"
    ]
    assert [c for c in champs if c.get("id") not in etiquettes and not c.get("aria-label")] == []
    assert etiquettes <= ids
    vises = {
        cible
        for _, a in page.elements
        for renvoi in ("aria-labelledby", "aria-describedby", "popovertarget", "form")
        for cible in (a.get(renvoi) or "").split()
    }
    assert vises <= ids
    ancres = {a["href"][1:] for a in page.tous("a") if (a.get("href") or "").startswith("#")}
    assert ancres <= ids


@pytest.mark.parametrize("exemple", EXEMPLES, ids=nom)
def test_chaque_formulaire_poste_porte_son_jeton_et_sa_cle(app, exemple):
    html = rendre(app, exemple)
    for formulaire in re.findall(r"<form[^>]*method=\"post\".*?</form>", html, re.S):
        assert 'name="csrf_token" value="jeton"' in formulaire
        if "/deconnexion" not in formulaire:
            assert re.search(r'name="cle" value="cle-\d+"', formulaire)


def test_deux_formulaires_d_une_meme_page_n_ont_pas_la_meme_cle(app):
    cv = next(e for e in EXEMPLES if e["nom"] == "cv")
    cles = re.findall(r'name="cle" value="(cle-\d+)"', rendre(app, cv))
    assert len(cles) > 2
    assert len(cles) == len(set(cles))


def test_chaque_template_a_un_exemple():
    pages = {p.name for p in (RACINE / "templates").glob("*.html")}
    fragments = {f"fragments/{p.name}" for p in (RACINE / "templates" / "fragments").glob("*.html")}
    assert pages | fragments == {e["template"] for e in EXEMPLES} | SANS_VUE


@pytest.mark.parametrize(
    ("exemple", "mots"),
    [
        ("accueil", ["Se connecter"]),
        ("bureau", ["Votre courrier", "Votre dossier", "Votre CV", "Vos perspectives", "Les services"]),
        ("bureau", ["Les guides", "Écrire à votre gestionnaire", "Se déconnecter"]),
        ("rubrique", ["Signaler un changement"]),
        ("signaler-verifier", ["Transmettre"]),
        ("changement-complement", ["Compléter", "Annuler la demande"]),
        (
            "cv",
            ["Ajouter un élément", "Soumettre à vérification", "Modifier", "Retirer", "Télécharger mon CV"],
        ),
        ("courrier", ["Nouveau message"]),
        ("fil", ["Envoyer", "Joindre un fichier", "lu le "]),
        ("fil-clos-gestionnaire", ["Rouvrir"]),
        ("file", ["À prendre", "Les miens", "En attente de l’agent", "Traités", "Prendre en charge"]),
        ("poste", ["Accepter", "Refuser", "Demander un complément", "Libérer", "Suivant"]),
        ("poste-cv", ["Vérifier"]),
        ("poste-message", ["Clore"]),
    ],
)
def test_les_mots_des_boutons_restent_ceux_des_habitudes(app, exemple, mots):
    html = rendre(app, next(e for e in EXEMPLES if e["nom"] == exemple))
    assert [mot for mot in mots if mot not in html] == []


def test_un_etat_se_dit_en_mots_et_pas_seulement_en_couleur(app):
    html = rendre(app, next(e for e in EXEMPLES if e["nom"] == "bureau"))
    for mot in (
        "Transmis",
        "Pris en charge par Sylvie Perrin",
        "Complément demandé",
        "Accepté",
        "Refusé",
        "Annulé",
    ):
        assert f">{mot}</span>" in html


def test_le_texte_de_qui_est_passe_apres_reste_a_l_ecran(app):
    html = rendre(app, next(e for e in EXEMPLES if e["nom"] == "poste-conflit"))
    assert "Paul N’Diaye a refusé cette demande" in html
    assert "Mon texte</textarea>" in html


def test_une_piece_gardee_revient_dans_le_formulaire_telle_quelle(app):
    html = rendre(app, next(e for e in EXEMPLES if e["nom"] == "signaler"))
    champ = next(a for a in Lecture(html).tous("input") if a.get("name") == "jointe_naissance")
    assert json.loads(champ["value"] or "")["nom"] == "acte-naissance.pdf"


def test_ce_que_les_gens_ecrivent_ne_devient_jamais_du_html(app):
    exemple = json.loads(json.dumps(next(e for e in EXEMPLES if e["nom"] == "fil")))
    exemple["contexte"]["fil"]["messages"][0]["texte"] = "<script>alert(1)</script>"
    assert "<script>alert" not in rendre(app, exemple)


def test_chaque_feuille_importee_existe_et_aucune_ne_vient_d_ailleurs():
    importees = re.findall(r'@import "([^"]+)"', (RACINE / "static" / "base.css").read_text())
    assert [nom for nom in importees if not (RACINE / "static" / nom).is_file()] == []
    feuilles = {f"composants/{p.name}" for p in (RACINE / "static" / "composants").glob("*.css")}
    assert feuilles <= set(importees)
    for feuille in (RACINE / "static").rglob("*.css"):
        assert not re.search(r"url\(['\"]?https?:", feuille.read_text())
