"""People as pages show them. Services give ids; identity gives the names, in one batch per page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Vue = dict[str, Any]

ROLES: Mapping[str, str] = {
    "enseignant": "Enseignant",
    "gestionnaire": "Gestionnaire",
    "chef-etablissement": "Chef d’établissement",
    "inspecteur": "Inspecteur",
    "responsable": "Responsable de service",
    "administrateur": "Administrateur",
}

CIVILITES: Mapping[str, str] = {"M": "M.", "MME": "Mme"}


@dataclass(frozen=True)
class Noms:
    """Names by personne_id. An unknown id (or identity down) gives None: the page then says less."""

    connus: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def personne(self, id: str | None) -> Vue | None:
        found = self.connus.get(id or "")
        return None if found is None else personne({**found, "personne_id": id})

    def libelle(self, id: str | None, what: str) -> str | None:
        """`corps_libelle`, `corps_collectif` or `etablissement_libelle` of this person."""
        return self.connus.get(id or "", {}).get(what)

    def appel(self, id: str | None, default: str = "votre gestionnaire") -> str:
        return appel(self.personne(id)) or default


def personne(data: Mapping[str, Any] | None) -> Vue | None:
    if not data or not data.get("nom"):
        return None
    return {
        "personne_id": data.get("personne_id"),
        "civilite": civilite(data.get("civilite")),
        "prenom": data.get("prenom") or "",
        "nom": data["nom"],
    }


def civilite(code: str | None) -> str:
    return CIVILITES.get((code or "").rstrip(".").upper(), "")


def academie(libelle: str | None) -> str:
    """« Académie de Lyon », « Académie d’Amiens »; nothing when nobody said which."""
    if not libelle or libelle.lower().startswith("académie"):
        return libelle or ""
    return f"Académie d’{libelle}" if libelle[0] in "AEIOUÉÎ" else f"Académie de {libelle}"


def appel(shown: Mapping[str, Any] | None) -> str:
    """« Sylvie Perrin »; nothing when nobody is known."""
    return f"{shown['prenom']} {shown['nom']}".strip() if shown else ""


def role_principal(roles: Iterable[str]) -> str:
    """The role that decides which home a person has; the teacher's own file comes first."""
    held = set(roles)
    return next((role for role in ROLES if role in held), "")


def moi(identite: Mapping[str, Any]) -> Vue:
    """Who is signed in, for the header of every page."""
    role = role_principal(identite["roles"])
    portefeuilles = identite.get("portefeuilles") or []
    return {
        "personne_id": identite["personne_id"],
        "civilite": civilite(identite.get("civilite")),
        "prenom": identite.get("prenom") or "",
        "nom": identite.get("nom") or "",
        "role": role,
        "role_libelle": ROLES.get(role, ""),
        "academie_libelle": academie(identite.get("academie_libelle")),
        "service": next((p["service"] for p in portefeuilles if p.get("service")), None),
    }


def correspondant(data: Mapping[str, Any] | None) -> Vue | None:
    """The card of the correspondant de gestion, from identity's answer."""
    shown = personne(data)
    if shown is None or data is None:
        return None
    return {
        **shown,
        "service": data.get("service"),
        "portefeuille_libelle": data.get("portefeuille_libelle"),
        "suppleant": personne(data.get("suppleant")),
    }


def ids_in(
    value: Any, names: frozenset[str] = frozenset({"par", "pris_par", "auteur", "affecte_a"})
) -> set[str]:
    """Every personne_id found under these keys, at any depth."""
    if isinstance(value, Mapping):
        here = {part for name, part in value.items() if name in names and isinstance(part, str)}
        return here.union(*(ids_in(part, names) for part in value.values()))
    if isinstance(value, list | tuple):
        return set().union(*(ids_in(part, names) for part in value))
    return set()
