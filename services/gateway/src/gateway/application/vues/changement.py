"""A reported change, from the check page to its decision."""

from collections.abc import Iterable, Mapping
from typing import Any

from gateway.application.saisie import Saisie
from gateway.application.vues.formulaires import presente
from gateway.application.vues.personnes import Noms, Vue

MOIS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


def changement(data: Mapping[str, Any], noms: Noms, moi: str, base: str) -> Vue:
    """Shape C with names; `base` is the address its files and receipt hang from."""
    return {
        **data,
        "pris_par": noms.personne(data["pris_par"]),
        "complement": _signed(data.get("complement"), noms),
        "decision": _signed(data.get("decision"), noms),
        "chronologie": chronologie(data["chronologie"], noms, moi),
        "pieces": pieces(data["pieces"], base),
        "recours": data.get("recours") or [],
        "lien_recu": f"{base}/recu.pdf",
        "correspondant": None,
        "conflit": None,
    }


def chronologie(acts: Iterable[Mapping[str, Any]], noms: Noms, moi: str) -> list[Vue]:
    return [{**act, "par": noms.personne(act.get("par")), "vous": act.get("par") == moi} for act in acts]


def pieces(given: Iterable[Mapping[str, Any]], base: str) -> list[Vue]:
    """`pages` counts the page images; each is shown, the file itself is only ever a download."""
    return [
        {
            **piece,
            "libelle": piece.get("libelle") or piece["nom"],
            "deposee_le": piece.get("deposee_le"),
            "lien": f"{base}/pieces/{piece['n']}",
            "images": [f"{base}/pieces/{piece['n']}/pages/{p}" for p in range(1, (piece["pages"] or 0) + 1)],
        }
        for piece in given
    ]


def verification(
    action: str,
    definition: Mapping[str, Any],
    cas: Mapping[str, Any],
    saisie: Saisie,
    presentes: Mapping[str, str],
) -> Vue:
    """« Vérifier vos réponses »: every answer beside the present value, nothing sent yet."""
    effet = cas.get("date_effet")
    usages = {piece["usage"]: piece["libelle"] for piece in cas.get("pieces", ())}
    return {
        "action": action,
        "rubrique": definition["code"],
        "rubrique_libelle": definition["libelle"],
        "cas_libelle": cas["libelle"],
        "valeurs": [_valeur(champ, saisie, presentes) for champ in cas["champs"]],
        "date_effet": {"libelle": effet["libelle"], "declaree": en_lettres(saisie.date("date_effet"))}
        if effet
        else None,
        "pieces": [
            {"libelle": usages.get(usage, usage), "nom": piece["nom"], "taille": piece["taille"]}
            for usage, kept in saisie.jointes.items()
            for piece in kept
        ],
        "message": saisie.texte("message"),
        "caches": saisie.caches(),
        "lien_modifier": action,
        "correspondant": None,
        "delai_reponse": None,
    }


def confirmation(data: Mapping[str, Any], correspondant: Vue | None) -> Vue:
    return {
        "reference": data["reference"],
        "rubrique_libelle": data["rubrique_libelle"],
        "cas_libelle": data["cas_libelle"],
        "signale_le": data["signale_le"],
        "echeance": data["echeance"],
        "correspondant": correspondant,
        "lien_demande": f"/dossier/changements/{data['id']}",
        "lien_recu": f"/dossier/changements/{data['id']}/recu.pdf",
    }


def recu(data: Mapping[str, Any], agent: Vue | None, academie: str, imprime_le: str) -> Vue:
    """The receipt: what was sent, when, under which reference."""
    return {
        "reference": data["reference"],
        "agent": agent,
        "academie_libelle": academie,
        "rubrique_libelle": data["rubrique_libelle"],
        "cas_libelle": data["cas_libelle"],
        "signale_le": data["signale_le"],
        "date_effet": data["date_effet"],
        "echeance": data["echeance"],
        "valeurs": [
            {"libelle": v["libelle"], "presente": v["presente"], "declaree": v["declaree"]}
            for v in data["valeurs"]
        ],
        "pieces": [
            {"libelle": p["libelle"], "nom": p["nom"], "taille": p["taille"], "sha256": p.get("sha256") or ""}
            for p in data["pieces"]
        ],
        "message": bool(data.get("message")),
        "imprime_le": imprime_le,
    }


def en_lettres(iso: str) -> str:
    """« 27 mars 2026 »; what is not a date is shown as it was typed."""
    parts = iso.split("-")
    if len(parts) != len(("annee", "mois", "jour")) or not all(part.isdecimal() for part in parts):
        return iso
    day = "1er" if int(parts[2]) == 1 else str(int(parts[2]))
    return f"{day} {MOIS[int(parts[1]) - 1]} {parts[0]}"


def _valeur(champ: Mapping[str, Any], saisie: Saisie, presentes: Mapping[str, str]) -> Vue:
    name = champ["nom"]
    typed = en_lettres(saisie.date(name)) if champ["type"] == "date" else saisie.texte(name)
    declared = typed or champ.get("defaut") or ""
    words = {choice["code"]: choice["libelle"] for choice in champ.get("choix") or ()}
    return {
        "nom": name,
        "libelle": champ["libelle"],
        "presente": presente(champ, presentes),
        "declaree": words.get(declared, declared),
    }


def _signed(act: Mapping[str, Any] | None, noms: Noms) -> Vue | None:
    return {**act, "par": noms.personne(act.get("par"))} if act else None
