"""One thing to decide: the proof beside what is declared and what is known."""

from collections.abc import Mapping, Sequence
from typing import Any

from gateway.application.saisie import Erreur, Saisie
from gateway.application.vues.changement import chronologie, en_lettres, pieces
from gateway.application.vues.courrier import fil as fil_vue
from gateway.application.vues.file import LIBELLES_ONGLETS, etat
from gateway.application.vues.libelles import Libelles
from gateway.application.vues.personnes import Noms, Vue

NON_ANALYSEE = (
    "Aucun antivirus n’est branché : les pièces ne sont pas analysées. "
    "Regardez les images ; ne téléchargez qu’en cas de besoin."
)
COMMANDES_CV = {"a-corriger": ("refuser", "demander-complement")}


def poste(
    line: Mapping[str, Any],
    noms: Noms,
    libelles: Libelles,
    moi: str,
    saisie: Saisie,
    erreurs: Sequence[Erreur],
) -> Vue:
    """What every kind of thing to do has in common, from its line of the queue."""
    titre = libelles.titre(line)
    return {
        **_nothing_yet(),
        "id": line["_id"],
        "nature": line["nature"],
        "titre": dans_la_phrase(titre),
        "objet": libelles.detail(line) or titre,
        "etat": etat(line),
        "vous": line["pris_par"] == moi,
        "pris_par": noms.personne(line["pris_par"]),
        "reference": line["reference"],
        "recu_le": line["recu_le"],
        "echeance": line["echeance"],
        "rev": line["seq"],
        "agent": _agent(line["agent"], noms),
        "lien_dossier": f"/agents/{line['agent']}",
        "lien_ecrire": f"/courrier/nouveau?agent={line['agent']}",
        "onglet": {
            "libelle": LIBELLES_ONGLETS[line["onglet"]],
            "lien": f"/file?onglet={line['onglet']}",
        },
        "saisie": saisie.affichee(),
        "erreurs": list(erreurs),
    }


def _nothing_yet() -> Vue:
    """What only some kinds of things to do have."""
    lists = ("peut", "presence", "pieces", "compare", "controles", "messages", "motifs", "chronologie")
    absent = (
        "position",
        "suivant",
        "piece_courante",
        "message",
        "conflit",
        "complement",
        "decision",
        "avertissement",
    )
    return {**{name: [] for name in lists}, **dict.fromkeys(absent)}


def _agent(id: str, noms: Noms) -> Vue:
    unknown = {"personne_id": id, "civilite": "", "prenom": "", "nom": "Agent"}
    return {
        **(noms.personne(id) or unknown),
        "corps_libelle": noms.libelle(id, "corps_libelle"),
        "etablissement_libelle": noms.libelle(id, "etablissement_libelle"),
        "lien": f"/agents/{id}",
    }


def with_changement(
    shown: Vue, data: Mapping[str, Any], motifs: Sequence[Mapping[str, Any]], noms: Noms, moi: str
) -> Vue:
    base = f"/file/{shown['id']}"
    vus = set(shown["saisie"].get("vu", "").split())
    joined = pieces(data["pieces"], base)
    return {
        **shown,
        **_common(data, noms, moi, joined),
        "objet": data["cas_libelle"],
        "reference": data["reference"],
        "compare": [_compare(v, vus) for v in data["valeurs"]] + _effect(data),
        "controles": _controles(data),
        "message": data.get("message") or None,
        "motifs": [m for m in map(_motif, motifs) if m["rubrique"] in (None, data["rubrique"])],
        "complement": _signed(data.get("complement"), noms),
        "decision": _signed(data.get("decision"), noms),
    }


def with_element(
    shown: Vue, data: Mapping[str, Any], motifs: Sequence[Mapping[str, Any]], noms: Noms, moi: str
) -> Vue:
    base = f"/file/{shown['id']}"
    correction = _signed(data.get("correction"), noms)
    peut = [c for name in data["peut"] for c in COMMANDES_CV.get(name, (name,))]
    return {
        **shown,
        **_common(data, noms, moi, pieces(data["pieces"], base)),
        "peut": peut,
        "objet": ", ".join(v["affichage"] for v in data["valeurs"][:1]),
        "compare": [_declared(v) for v in data["valeurs"]],
        "motifs": [m for m in map(_motif, motifs) if m["rubrique"] in (None, data["rubrique"])],
        "decision": correction if correction and correction.get("nature") == "refus" else None,
        "complement": correction if correction and correction.get("nature") == "complement" else None,
    }  # fmt: skip


def with_fil(shown: Vue, data: Mapping[str, Any], noms: Noms, moi: str) -> Vue:
    thread = fil_vue(data, noms, moi, "gestionnaire", None)
    may = {"repondre": "envoyer"}
    return {
        **shown,
        "titre": f"« {data['sujet']} »",
        "objet": None,
        "rev": data["rev"],
        "messages": thread["messages"],
        "peut": [may.get(name, name) for name in data.get("peut") or ()],
    }


def dans_la_phrase(titre: str) -> str:
    """« coordonnées », « CV, diplômes »: what stands after the agent's name and a colon."""
    if titre.startswith("CV : "):
        return "CV, " + dans_la_phrase(titre.removeprefix("CV : "))
    return titre[:1].lower() + titre[1:]


def _declared(valeur: Mapping[str, Any]) -> Vue:
    """A CV has no present value to compare with."""
    return {
        "nom": valeur["nom"],
        "libelle": valeur["libelle"],
        "presente": None,
        "declaree": valeur["affichage"],
        "change": bool(valeur["affichage"]),
        "vu": False,
    }


def _common(data: Mapping[str, Any], noms: Noms, moi: str, joined: Sequence[Vue]) -> Vue:
    unchecked = any(piece.get("analyse") == "non analysée" for piece in joined)
    return {
        "etat": data["etat"],
        "vous": data["pris_par"] == moi,
        "pris_par": noms.personne(data["pris_par"]),
        "echeance": data["echeance"],
        "rev": data["rev"],
        "peut": list(data["peut"]),
        "pieces": joined,
        "piece_courante": joined[0]["n"] if joined else None,
        "chronologie": chronologie(data["chronologie"], noms, moi),
        "avertissement": NON_ANALYSEE if unchecked else None,
    }


def _compare(valeur: Mapping[str, Any], vus: set[str]) -> Vue:
    return {
        **{n: valeur[n] for n in ("nom", "libelle", "presente", "declaree", "change")},
        "vu": valeur["nom"] in vus,
    }


def _effect(data: Mapping[str, Any]) -> list[Vue]:
    if not data.get("date_effet"):
        return []
    return [
        {
            "nom": "date_effet",
            "libelle": "Date d’effet",
            "presente": None,
            "declaree": en_lettres(data["date_effet"]),
            "change": True,
            "vu": False,
        }
    ]


def _controles(data: Mapping[str, Any]) -> list[Vue]:
    count = len(data["pieces"])
    text = (
        "Aucune pièce jointe" if not count else "1 pièce jointe" if count == 1 else f"{count} pièces jointes"
    )
    return [{"ok": True, "texte": text, "lien": None}]


def _motif(motif: Mapping[str, Any]) -> Vue:
    return {
        "code": motif["code"],
        "libelle": motif["libelle"],
        "texte": motif.get("texte") or motif.get("modele") or "",
        "nature": motif.get("nature"),
        "rubrique": motif.get("rubrique"),
    }


def _signed(act: Mapping[str, Any] | None, noms: Noms) -> Vue | None:
    return {**act, "par": noms.personne(act.get("par"))} if act else None
