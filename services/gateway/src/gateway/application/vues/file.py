"""The gestionnaire's queue."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from gateway.application.filtres import ONGLETS, PAR_PAGE, Filtre
from gateway.application.lignes import Line
from gateway.application.vues.libelles import Libelles
from gateway.application.vues.pagination import pagination
from gateway.application.vues.personnes import Noms, Vue

LIBELLES_ONGLETS: Mapping[str, str] = {
    "a_prendre": "À prendre",
    "les_miens": "Les miens",
    "en_attente": "En attente de l’agent",
    "traites": "Traités",
}
COLONNES = {
    "echeance": ("echeance", "asc"),
    "recu": ("recu", "asc"),
    "recent": ("recu", "desc"),
    "rubrique": ("demande", "asc"),
}
ETATS_MESSAGE = {"attend_gestionnaire": "recu", "attend_agent": "repondu", "attend_personne": "repondu"}


@dataclass(frozen=True)
class Contenu:
    """What was read for one view of the queue."""

    lignes: Sequence[Line]
    total: int
    nombres: Mapping[str, int]
    corps: Mapping[str, str]
    etablissements: Mapping[str, str]


def file(
    filtre: Filtre, contenu: Contenu, portefeuilles: Sequence[Mapping[str, Any]], libelles: Libelles,
    noms: Noms, moi: str, depuis: str, bilan: Vue | None = None,
) -> Vue:  # fmt: skip
    colonne, sens = COLONNES.get(filtre.tri, ("echeance", "asc"))
    query, stamp = filtre.url().partition("?")[2], urlencode({"depuis": depuis})
    return {
        "onglet": filtre.onglet,
        "onglets": onglets(filtre, contenu.nombres),
        "portefeuilles": ", ".join(p["libelle"] for p in portefeuilles),
        "filtres": {
            name: getattr(filtre, name) for name in ("q", "nature", "corps", "etablissement", "echeance")
        },
        "choix": {"corps": _choix(contenu.corps), "etablissements": _choix(contenu.etablissements)},
        "filtre_actif": filtre.actif,
        "lien_sans_filtre": Filtre(onglet=filtre.onglet).url(),
        "tri": {"colonne": colonne, "sens": sens},
        "liens_tri": liens_tri(filtre),
        "lignes": [ligne(line, libelles, noms, moi) for line in contenu.lignes],
        "pagination": pagination(filtre.page, contenu.total, PAR_PAGE, lambda page: filtre.url(page=page)),
        "adresse": filtre.url(),
        "depuis": depuis,
        "nouveautes": 0,
        "bilan": bilan,
        "indisponible": False,
        "fragments": {
            "onglets": f"/fragments/file/onglets?{query}",
            "nouveautes": f"/fragments/file/nouveautes?{'&'.join(filter(None, [query, stamp]))}",
        },
    }


def onglets(filtre: Filtre, nombres: Mapping[str, int]) -> list[Vue]:
    return [
        {
            "code": tab,
            "libelle": LIBELLES_ONGLETS[tab],
            "nombre": nombres.get(tab),
            "lien": filtre.url(onglet=tab, page=1),
        }
        for tab in ONGLETS
    ]


def liens_tri(filtre: Filtre) -> dict[str, str]:
    recu = "recent" if filtre.tri == "recu" else "recu"
    return {
        "agent": filtre.url(tri="echeance", page=1),
        "demande": filtre.url(tri="rubrique", page=1),
        "recu": filtre.url(tri=recu, page=1),
        "echeance": filtre.url(tri="echeance", page=1),
    }


def ligne(line: Mapping[str, Any], libelles: Libelles, noms: Noms, moi: str) -> Vue:
    return {
        "id": line["_id"],
        "lien": f"/file/{line['_id']}",
        "agent": noms.personne(line["agent"]),
        "corps_libelle": noms.libelle(line["agent"], "corps_libelle"),
        "etablissement_libelle": noms.libelle(line["agent"], "etablissement_libelle"),
        "nature": line["nature"],
        "titre": libelles.titre(line),
        "detail": libelles.detail(line),
        "nb_pieces": line["nb_pieces"],
        "recu_le": line["recu_le"],
        "echeance": line["echeance"],
        "etat": etat(line),
        "pris_par": noms.personne(line["pris_par"]),
        "vous": line["pris_par"] == moi,
        "regarde": [],
        "rev": line["seq"],
        "peut_prendre": line["onglet"] == "a_prendre",
    }


def etat(line: Mapping[str, Any]) -> str:
    """A message's state in the words of the queue; others as they are."""
    code: str = line["etat"]
    return ETATS_MESSAGE.get(code, code)


def people(lines: Iterable[Mapping[str, Any]]) -> set[str]:
    """Whose names a page of the queue needs."""
    return {id for line in lines for id in (line["agent"], line["pris_par"]) if id}


def _choix(words: Mapping[str, str]) -> list[Vue]:
    return sorted(
        ({"code": code, "libelle": word} for code, word in words.items()), key=lambda c: c["libelle"]
    )
