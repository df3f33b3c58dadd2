"""What somebody typed into a form built from a rubrique's definition. Presentation only: the
services decide what is acceptable, this says early what is plainly missing."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

Champs = Mapping[str, Sequence[str]]
Definition = Mapping[str, Any]
Erreur = dict[str, Any]

DATE_PARTS = ("jour", "mois", "annee")
DATE_INCOMPLETE = "Donnez le jour, le mois et l’année, par exemple 27 3 2026."


@dataclass
class Saisie:
    """A form's fields, as the browser sent them (several values per name)."""

    champs: Champs
    jointes: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    @classmethod
    def of(cls, champs: Champs) -> "Saisie":
        saisie = cls({name: list(values) for name, values in champs.items()})
        removed = saisie.texte("retirer")
        for name in saisie.champs:
            if name.startswith("jointe_"):
                kept = [p for p in map(_piece, saisie.champs[name]) if p and p["ref"] != removed]
                saisie.jointes[name.removeprefix("jointe_")] = kept
        return saisie

    def texte(self, name: str) -> str:
        values = self.champs.get(name) or ("",)
        return values[0].replace("\r\n", "\n").strip()

    def tous(self, name: str) -> list[str]:
        return [value for value in self.champs.get(name, ()) if value]

    def date(self, name: str) -> str:
        """ISO when the three parts make a date, else what was typed, else nothing."""
        if self.texte(name):
            return self.texte(name)
        parts = [self.texte(f"{name}_{part}") for part in DATE_PARTS]
        if not any(parts):
            return ""
        try:
            return date(int(parts[2]), int(parts[1]), int(parts[0])).isoformat()
        except ValueError:
            return "/".join(parts)

    def valeurs(self, definitions: Iterable[Definition]) -> dict[str, str]:
        """The answers given; what was left empty is left out."""
        given = {
            d["nom"]: self.date(d["nom"]) if d["type"] == "date" else self.texte(d["nom"])
            for d in definitions
        }
        return {name: value for name, value in given.items() if value}

    def joindre(self, usage: str, piece: Mapping[str, Any]) -> None:
        kept = self.jointes.setdefault(usage, [])
        kept.append({name: piece.get(name) for name in ("ref", "nom", "taille", "pages", "analyse")})

    def pieces(self) -> list[dict[str, str]]:
        """Usage and reference of every file, joined now or reused, each once."""
        joined = [(usage, piece["ref"]) for usage, kept in self.jointes.items() for piece in kept]
        reused = [
            (name.removeprefix("reutilise_"), ref)
            for name in self.champs
            if name.startswith("reutilise_")
            for ref in self.tous(name)
        ]
        return [{"usage": usage, "ref": ref} for usage, ref in dict.fromkeys([*joined, *reused])]

    def affichee(self) -> dict[str, str]:
        """First value of each field, for showing the form again."""
        return {name: values[0] for name, values in self.champs.items() if values}

    def caches(self, without: Iterable[str] = ("csrf_token", "action", "retirer", "cle")) -> list[list[str]]:
        """Every field as hidden (name, value) pairs, files included as their kept references."""
        left_out = frozenset(without)
        plain = [
            [name, value]
            for name, values in self.champs.items()
            if name not in left_out and not name.startswith("jointe_")
            for value in values
        ]
        return plain + [
            [f"jointe_{usage}", json.dumps(p)] for usage, kept in self.jointes.items() for p in kept
        ]

    def en_champs(self) -> dict[str, list[str]]:
        """The same, as fields to be kept and given back."""
        kept: dict[str, list[str]] = {}
        for name, value in self.caches():
            kept.setdefault(name, []).append(value)
        return kept


def premieres_erreurs(saisie: Saisie, cas: Definition, refusees: Sequence[Erreur] = ()) -> list[Erreur]:
    """What is plainly missing or unreadable in this case's form, besides what was already refused."""
    told = {erreur["champ"] for erreur in refusees}
    errors = [e for champ in cas["champs"] if (e := _champ(saisie, champ))]
    if cas.get("date_effet") and not _iso(saisie.date("date_effet")):
        errors.append(_erreur("date_effet", DATE_INCOMPLETE))
    given = {piece["usage"] for piece in saisie.pieces()}
    errors += [
        _erreur(f"piece_{piece['usage']}", f"Joignez la pièce demandée : {piece['libelle']}.")
        for piece in cas.get("pieces", ())
        if piece["obligatoire"] and piece["usage"] not in given
    ]
    return [*refusees, *(error for error in errors if error["champ"] not in told)]


def champ_du_formulaire(champ: str, cas: Definition) -> str | None:
    """The input's name for a field a service refused (`valeurs.code_postal`, `pieces.acte`…)."""
    name = champ.removeprefix("valeurs.").removeprefix("saisie.")
    if name.startswith("pieces"):
        usage = name.removeprefix("pieces").strip(".")
        known = {piece["usage"] for piece in cas.get("pieces", ())}
        return f"piece_{usage}" if usage in known else None
    return name or None


def _champ(saisie: Saisie, champ: Definition) -> Erreur | None:
    name = champ["nom"]
    value = saisie.date(name) if champ["type"] == "date" else saisie.texte(name)
    if not value:
        return _erreur(name, f"Répondez : {champ['libelle']}.") if champ["obligatoire"] else None
    if champ["type"] == "date" and not _iso(value):
        return _erreur(name, DATE_INCOMPLETE)
    longest = champ.get("max")
    if longest and len(value) > longest:
        return _erreur(name, f"{longest} caractères au plus ; vous en avez écrit {len(value)}.")
    return None


def _erreur(champ: str | None, message: str) -> Erreur:
    return {"champ": champ, "message": message}


def _iso(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _piece(text: str) -> dict[str, Any] | None:
    try:
        piece = json.loads(text)
    except ValueError:
        return None
    if not isinstance(piece, dict) or not isinstance(piece.get("ref"), str):
        return None
    return {name: piece.get(name) for name in ("ref", "nom", "taille", "pages", "analyse")}
