"""The CV, element by element."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from gateway.application.saisie import Erreur, Saisie
from gateway.application.vues.changement import chronologie, pieces
from gateway.application.vues.formulaires import FICHIERS_GARDES, champs, pieces_demandees
from gateway.application.vues.personnes import Noms, Vue

Definition = Mapping[str, Any]


def cv(
    data: Mapping[str, Any], definitions: Mapping[str, Definition], noms: Noms, moi: str, base: str
) -> Vue:
    rubriques = [
        {
            "code": rubrique["code"],
            "libelle": rubrique["libelle"],
            "aide": definitions.get(rubrique["code"], {}).get("description") or "",
            "qui_voit": rubrique["qui_voit"],
            "elements": [element(e, noms, moi, base) for e in rubrique["elements"] if e["etat"] != "retire"],
        }
        for rubrique in data["rubriques"]
    ]
    states = Counter(e["etat"] for rubrique in rubriques for e in rubrique["elements"])
    return {"rubriques": rubriques, "sommaire": dict(states), "correspondant": None}


def element(data: Mapping[str, Any], noms: Noms, moi: str, base: str) -> Vue:
    shown = [v["affichage"] for v in data["valeurs"] if v["affichage"]]
    return {
        **data,
        "titre": shown[0] if shown else "Élément sans titre",
        "detail": ", ".join(shown[1:4]),
        "pris_par": noms.personne(data.get("pris_par")),
        "verification": _signed(data.get("verification"), noms),
        "correction": _signed(data.get("correction"), noms),
        "chronologie": chronologie(data.get("chronologie") or (), noms, moi),
        "pieces": pieces(data["pieces"], f"{base}/elements/{data['id']}"),
    }


def formulaire(
    action: str,
    definition: Definition,
    saisie: Saisie,
    element: Mapping[str, Any] | None,
    noms: Noms,
    erreurs: Sequence[Erreur] = (),
) -> Vue:
    return {
        "action": action,
        "rubrique": definition["code"],
        "rubrique_libelle": definition["libelle"],
        "rubriques": [],
        "champs": champs(definition["champs"], {}, ()),
        "saisie": saisie.affichee(),
        "pieces": pieces_demandees(definition.get("pieces") or (), saisie),
        "message": "",
        "erreurs": list(erreurs),
        "gardees": FICHIERS_GARDES if erreurs else None,
        "brouillon_le": None,
        "correspondant": None,
        "delai_reponse": None,
        "demande_citee": None,
        "element": {name: element[name] for name in ("id", "rev", "etat")} if element else None,
        "qui_voit": definition.get("qui_voit") or "",
        "verifiable": bool(definition.get("verifiable")),
        "correction": _signed(element.get("correction"), noms) if element else None,
    }


def choix_rubrique(action: str, definitions: Mapping[str, Definition]) -> Vue:
    """The page that asks where the new element goes."""
    empty = {"code": None, "libelle": "", "champs": (), "pieces": ()}
    asked = formulaire(action, empty, Saisie({}), None, Noms())
    asked["rubriques"] = [{"code": d["code"], "libelle": d["libelle"]} for d in definitions.values()]
    return asked


def saisie_of(data: Mapping[str, Any]) -> Saisie:
    """What the form of an existing element starts from."""
    saisie = Saisie({name: [str(value)] for name, value in data["saisie"].items() if value is not None})
    for piece in data["pieces"]:
        saisie.joindre(piece["usage"], piece)
    return saisie


def _signed(act: Mapping[str, Any] | None, noms: Noms) -> Vue | None:
    return {**act, "par": noms.personne(act.get("par"))} if act else None
