"""The words of the cv service."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from chassis.security.client import ServiceClient
from dossier.application.ports import VersionDElement
from dossier.domain.catalogue import Rubrique

OBTENU_LE = "obtenu_le"


class CvParHttp:
    """`LecteurDeCV` over cv's `/interne/cvs/…`. Only what « Diplômes » knows is taken."""

    def __init__(self, client: ServiceClient, diplomes: Rubrique) -> None:
        self._client = client
        self._diplomes = diplomes

    def version(self, agent: str, element: str, version: int) -> VersionDElement:
        lu = self._client.get(f"/interne/cvs/{agent}/elements/{element}/versions/{version}").json()
        return self._traduire(lu)

    def _traduire(self, lu: Mapping[str, Any]) -> VersionDElement:
        valeurs = {
            nom: valeur for nom, valeur in lu["valeurs"].items() if self._diplomes.champ(nom) is not None
        }
        obtenu = valeurs.get(OBTENU_LE)
        return VersionDElement(
            valeurs=valeurs,
            obtenu_le=date.fromisoformat(obtenu) if obtenu else None,
            verifie_le=datetime.fromisoformat(lu["verifie_le"]),
            verifie_par=lu["verifie_par"],
        )
