"""Forms built from a rubrique's definition: what is asked, what is already known, what was typed."""

from collections.abc import Mapping, Sequence
from typing import Any

from gateway.application.saisie import Erreur, Saisie
from gateway.application.vues.personnes import Vue

Definition = Mapping[str, Any]
FICHIERS_GARDES = "Vos réponses et les fichiers acceptés sont gardés : corrigez puis recommencez."


def cas_choisi(definition: Definition, code: str) -> Definition | None:
    """The case asked for; the only one there is; or None: the page asks which."""
    cases: Sequence[Definition] = definition.get("cas") or ()
    if len(cases) == 1:
        return cases[0]
    return next((case for case in cases if case["code"] == code), None)


def formulaire(
    action: str,
    definition: Definition,
    cas: Definition | None,
    saisie: Saisie,
    presentes: Mapping[str, str],
    entrees: Sequence[Vue],
    erreurs: Sequence[Erreur] = (),
) -> Vue:
    """`presentes` are the present values in words, by field; `entrees` the entries one may designate."""
    return {
        "action": action,
        "rubrique": definition["code"],
        "rubrique_libelle": definition["libelle"],
        "signaler": definition.get("signaler"),
        "cas": [_cas(case, presentes, entrees) for case in definition.get("cas") or ()],
        "cas_choisi": _cas(cas, presentes, entrees) if cas else None,
        "saisie": {**defauts(cas["champs"] if cas else ()), **saisie.affichee()},
        "pieces": pieces_demandees(cas.get("pieces", ()) if cas else (), saisie),
        "message": saisie.texte("message"),
        "erreurs": list(erreurs),
        "gardees": FICHIERS_GARDES if erreurs else None,
        "brouillon_le": None,
        "correspondant": None,
        "delai_reponse": None,
        "demande_citee": saisie.texte("demande_citee") or None,
    }


def defauts(definitions: Sequence[Definition]) -> dict[str, str]:
    """What the form starts from where the service proposes an answer."""
    return {champ["nom"]: champ["defaut"] for champ in definitions if champ.get("defaut")}


def pieces_demandees(definitions: Sequence[Definition], saisie: Saisie) -> list[Vue]:
    return [
        {
            "usage": piece["usage"],
            "libelle": piece["libelle"],
            "obligatoire": piece["obligatoire"],
            "aide": piece.get("aide") or "",
            "max": piece.get("max") or 1,
            "jointes": saisie.jointes.get(piece["usage"], []),
            "reutilisables": [],
        }
        for piece in definitions
    ]


def champs(
    definitions: Sequence[Definition], presentes: Mapping[str, str], entrees: Sequence[Vue]
) -> list[Vue]:
    return [_champ(champ, presentes, entrees) for champ in definitions]


def presente(champ: Definition, connues: Mapping[str, str]) -> str | None:
    """The value in force this field replaces; None for what is added to the file."""
    source = champ.get("presente_depuis")
    return connues.get(source.rsplit(".", 1)[-1]) if source else None


def presentes(rubrique: Mapping[str, Any] | None) -> dict[str, str]:
    """The values in force of a rubrique, in words, by field name."""
    in_force = [entree for entree in (rubrique or {}).get("entrees", ()) if entree["en_vigueur"]]
    return {v["nom"]: v["affichage"] for entree in in_force[:1] for v in entree["valeurs"]}


def entrees_en_vigueur(rubrique: Mapping[str, Any] | None) -> list[Vue]:
    """The entries a form may designate, as choices."""
    return [
        {
            "code": entree["id"],
            "libelle": ", ".join(v["affichage"] for v in entree["valeurs"] if v["affichage"]),
        }
        for entree in (rubrique or {}).get("entrees", ())
        if entree["en_vigueur"]
    ]


def _cas(cas: Definition, presentes: Mapping[str, str], entrees: Sequence[Vue]) -> Vue:
    effet = cas.get("date_effet")
    return {
        "code": cas["code"],
        "libelle": cas["libelle"],
        "aide": cas.get("aide") or "",
        "champs": champs(cas["champs"], presentes, entrees),
        "date_effet": {"libelle": effet["libelle"], "aide": effet.get("aide") or ""} if effet else None,
    }


def _champ(champ: Definition, presentes: Mapping[str, str], entrees: Sequence[Vue]) -> Vue:
    return {
        "nom": champ["nom"],
        "libelle": champ["libelle"],
        "type": champ["type"],
        "obligatoire": champ["obligatoire"],
        "aide": champ.get("aide") or "",
        "max": champ.get("max"),
        "choix": list(entrees) if champ["type"] == "entree" else champ.get("choix") or [],
        "autocomplete": champ.get("autocomplete"),
        "presente": presente(champ, presentes),
    }
