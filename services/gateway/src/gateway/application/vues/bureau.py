"""The teacher's home: six entries, what to do, her requests, her correspondant."""

from collections.abc import Mapping, Sequence
from typing import Any

from gateway.application.vues.demandes import A_VOUS, a_faire
from gateway.application.vues.personnes import Vue, correspondant

SANS_REPONSE = "Ne répond pas pour l’instant"


def bureau(
    identite: Mapping[str, Any],
    dossier: Mapping[str, Any] | None,
    demandes: Sequence[Vue] | None,
    non_lus: int | None,
    consultations: int | None,
    delai_reponse: str | None = None,
    muets: frozenset[str] = frozenset(),
) -> Vue:
    """None stands for what could not be read, `muets` names the services that do not answer: their tiles
    say so, the others work."""
    manques = dossier["completude"]["manques"] if dossier else []
    return {
        "situation": situation(identite),
        "tuiles": tuiles(
            manques if dossier else None,
            None if "cv" in muets else demandes,
            None if "courrier" in muets else non_lus,
        ),
        "a_faire": a_faire(demandes or [], manques),
        "demandes": list(demandes or []),
        "demandes_indisponibles": demandes is None,
        "correspondant": correspondant(identite.get("correspondant")),
        "delai_reponse": delai_reponse,
        "consultations": consultations,
    }


def situation(identite: Mapping[str, Any]) -> str | None:
    """« Professeur certifié d’anglais, classe normale, échelon 9. Lycée Ampère, Lyon. »"""
    echelon, grade = identite.get("echelon"), identite.get("grade_libelle") or ""
    corps = identite.get("corps_libelle") or ""
    parts = [
        metier(corps, identite.get("discipline_libelle") or ""),
        None if grade.lower() in corps.lower() else grade.lower(),
        f"échelon {echelon}" if echelon else None,
    ]
    etablissement = identite.get("etablissement") or {}
    place = ", ".join(filter(None, [etablissement.get("denomination"), etablissement.get("commune")]))
    sentences = [", ".join(filter(None, parts)), place]
    return " ".join(f"{sentence}." for sentence in sentences if sentence) or None


def metier(corps: str, discipline: str) -> str:
    """« Professeure agrégée de lettres modernes »; a corps that already says « de » takes a comma."""
    matiere = discipline[:1].lower() + discipline[1:]
    if not corps or not matiere or corps.lower().endswith(matiere.lower()):
        return corps or discipline
    if " de " in corps or "’" in corps:
        return f"{corps}, {matiere}"
    return f"{corps} d’{matiere}" if matiere[0] in "aeiouyéèh" else f"{corps} de {matiere}"


def tuiles(
    manques: Sequence[Mapping[str, Any]] | None, demandes: Sequence[Vue] | None, non_lus: int | None
) -> list[Vue]:
    a_corriger = (
        None if demandes is None else sum(d["nature"] == "cv" and d["etat"] in A_VOUS for d in demandes)
    )
    return [
        _tuile("courrier", non_lus, "message non lu", "messages non lus", "Aucun message non lu"),
        _tuile(
            "dossier",
            None if manques is None else len(manques),
            "information manquante",
            "informations manquantes",
            "Aucune information manquante",
        ),
        _tuile("cv", a_corriger, "élément à corriger", "éléments à corriger", "Aucun élément à corriger"),
        _sans_nombre("perspectives", "Ce qui sera ici, et à qui demander d’ici là"),
        _sans_nombre("services", "Promotions, mutations, concours : à venir"),
        _sans_nombre("guides", "Les démarches expliquées : à venir"),
    ]


def _tuile(cle: str, nombre: int | None, un: str, plusieurs: str, aucun: str) -> Vue:
    texte = SANS_REPONSE if nombre is None else un if nombre == 1 else plusieurs if nombre else aucun
    return {
        "cle": cle,
        "nombre": nombre or None,
        "texte": texte,
        "signal": bool(nombre),
        "indisponible": nombre is None,
    }


def _sans_nombre(cle: str, texte: str) -> Vue:
    return {"cle": cle, "nombre": None, "texte": texte, "signal": False, "indisponible": False}
