"""The reader of an extract, on files nobody would send on purpose."""

import json
from pathlib import Path

import pytest
from identity.adapters.fichiers import LIGNE_MAX, FichierAcceptees, ListeDesComptes, lignes_de
from identity.application.ports import LigneLue


def lire(chemin: Path, contenu: bytes) -> list[LigneLue]:
    chemin.write_bytes(contenu)
    return list(lignes_de(chemin))


@pytest.fixture
def chemin(tmp_path: Path) -> Path:
    return tmp_path / "extrait.ndjson"


def test_bom_fins_de_ligne_dos_et_lignes_vides_ne_genent_pas(chemin: Path) -> None:
    lues = lire(chemin, b'\xef\xbb\xbf{"a": 1}\r\n\r\n{"a": 2}\r\n\n')
    assert [(ligne.numero, ligne.contenu) for ligne in lues] == [(1, {"a": 1}), (3, {"a": 2})]


@pytest.mark.parametrize(
    ("contenu", "raison"),
    [
        (b"pas du json\n", "objet JSON"),
        (b"[1, 2]\n", "objet JSON"),
        (b"null\n", "objet JSON"),
        (b'{"a": NaN}\n', "objet JSON"),
        (b'{"a": 1\n', "objet JSON"),
        (b"[" * 100_000 + b"\n", "objet JSON"),
        ('{"nom": "Hélène"}\n'.encode("latin-1"), "UTF-8"),
        (b'{"nom": "\\ud800"}\n', "UTF-8"),
        (b'{"a": "' + b"x" * (2 * LIGNE_MAX) + b'"}\n', "1 Mio"),
    ],
)
def test_une_ligne_illisible_est_dite_et_la_suivante_lue(chemin: Path, contenu: bytes, raison: str) -> None:
    fausse, bonne = lire(chemin, contenu + b'{"a": 2}\n')
    assert fausse.contenu is None
    assert fausse.defaut is not None
    assert raison in fausse.defaut
    assert not fausse.inachevee
    assert (bonne.numero, bonne.contenu) == (2, {"a": 2})


def test_une_ligne_de_un_mebioctet_juste_est_lue(chemin: Path) -> None:
    remplissage = LIGNE_MAX - len(b'{"a": ""}\n')
    (ligne,) = lire(chemin, b'{"a": "' + b"x" * remplissage + b'"}\n')
    assert ligne.contenu is not None


def test_une_derniere_ligne_coupee_est_inachevee_mais_pas_une_derniere_ligne_sans_fin(chemin: Path) -> None:
    assert lire(chemin, b'{"a": 1}\n{"a": ')[-1].inachevee
    assert not lire(chemin, b'{"a": 1}\n{"a": 2}')[-1].inachevee


def test_les_lignes_acceptees_n_existent_que_si_la_passe_a_reussi(tmp_path: Path) -> None:
    chemin = tmp_path / "a.ndjson"
    with pytest.raises(TypeError), FichierAcceptees(chemin) as acceptees:
        acceptees.ajouter({"pas du json": object()})
    assert not list(tmp_path.iterdir())
    with FichierAcceptees(chemin) as acceptees:
        acceptees.ajouter({"nom": "Hélène"})
    assert json.loads(chemin.read_text(encoding="utf-8")) == {"nom": "Hélène"}
    assert chemin.stat().st_mode & 0o777 == 0o600


def test_la_liste_des_comptes_n_est_lisible_que_par_son_proprietaire(tmp_path: Path) -> None:
    liste = tmp_path / "comptes.json"
    ListeDesComptes(liste).publier(iter([{"identifiant": "rdupont"}]))
    assert liste.stat().st_mode & 0o777 == 0o600
    assert json.loads(liste.read_text(encoding="utf-8")) == [{"identifiant": "rdupont"}]
