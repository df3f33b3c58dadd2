"""The queue's filters, all in the address: what a gestionnaire asked to see."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, get_args
from urllib.parse import urlencode

from gateway.application.lignes import Onglet

ONGLETS: tuple[Onglet, ...] = get_args(Onglet)
TRIS = {
    "echeance": ("echeance", 1),
    "recu": ("recu_le", 1),
    "recent": ("recu_le", -1),
    "nature": ("nature", 1),
    "rubrique": ("rubrique", 1),
}
NATURES = ("changement", "cv", "message")
ECHEANCES = ("depassee", "aujourdhui", "semaine")
PAR_PAGE = 20
DERNIERE_PAGE = 250


@dataclass(frozen=True)
class Filtre:
    """What the address says; an unknown value is as if it were not there."""

    onglet: Onglet = "a_prendre"
    q: str = ""
    nature: str = ""
    corps: str = ""
    etablissement: str = ""
    echeance: str = ""
    tri: str = "echeance"
    page: int = 1

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "Filtre":
        return cls(
            onglet=_among(query, "onglet", ONGLETS) or "a_prendre",  # type: ignore[arg-type]
            q=query.get("q", "").strip()[:80],
            nature=_among(query, "nature", NATURES),
            corps=query.get("corps", "")[:40],
            etablissement=query.get("etablissement", "")[:20],
            echeance=_among(query, "echeance", ECHEANCES),
            tri=_among(query, "tri", tuple(TRIS)) or "echeance",
            page=_page(query.get("page", "")),
        )

    def url(self, **changes: Any) -> str:
        """The address of the queue with some of this changed; defaults are left out."""
        wanted = replace(self, **changes)
        default = Filtre()
        shown = {
            name: value for name, value in vars(wanted).items() if value and value != getattr(default, name)
        }
        return f"/file?{urlencode(shown)}" if shown else "/file"

    @property
    def actif(self) -> bool:
        return any((self.q, self.nature, self.corps, self.etablissement, self.echeance))


def criteria(filtre: Filtre, portefeuilles: frozenset[str], moi: str, jour: date) -> dict[str, Any]:
    """The lines of this person's tab, as equality and range criteria (Mongo's words for them)."""
    wanted: dict[str, Any] = {**of_tab(filtre.onglet, portefeuilles, moi)}
    wanted |= {
        name: value for name in ("nature", "corps", "etablissement") if (value := getattr(filtre, name))
    }
    if filtre.echeance == "depassee":
        wanted["echeance"] = {"$gt": "", "$lt": jour.isoformat()}
    elif filtre.echeance == "aujourdhui":
        wanted["echeance"] = jour.isoformat()
    elif filtre.echeance == "semaine":
        wanted["echeance"] = {"$gte": jour.isoformat(), "$lte": (jour + timedelta(days=7)).isoformat()}
    return wanted


def of_tab(onglet: str, portefeuilles: frozenset[str], moi: str) -> dict[str, Any]:
    mine = {"pris_par": moi} if onglet == "les_miens" else {}
    return {"portefeuille_id": {"$in": sorted(portefeuilles)}, "onglet": onglet, **mine}


def _among(query: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str:
    value = query.get(name, "")
    return value if value in allowed else ""


def _page(text: str) -> int:
    return min(max(int(text), 1), DERNIERE_PAGE) if text.isdecimal() else 1
