"""A process of its own that serves requests full of personal data, for the test that reads its logs."""

from typing import Any

from dossier.entrypoints.http.application import creer

from chassis.logging import configure_logging
from services.dossier.tests.conftest import Monde, Web

NUMEN, IBAN, NOM = "10E0989434SST", "FR8427684268465632122330792", "Dupont-Lajoie"
AUTRE_IBAN = "FR7630006000011234567890189"
TELEPHONE, RUE = "0612345678", "12, rue des Lilas"


class BaseEnPanne:
    """What a driver's error may quote."""

    def get(self, _: str) -> Any:
        raise RuntimeError(f"duplicate key {NUMEN} {IBAN} {NOM}")

    execute = get


def main() -> None:
    configure_logging("dossier")
    monde = Monde()
    verifier, clock = monde.issuer.verifier(), monde.clock
    app = creer(monde.application, None, journal=lambda *_: [], ready={}, verifier=verifier, clock=clock)
    web = Web(monde, app.test_client())
    chemin = f"/dossiers/{monde.rene}/changements"
    banque: dict[str, Any] = {"rubrique": "coordonnees_bancaires", "cas": "rib", "date_effet": "2026-11-20"}
    rib = monde.deposer("rib")
    banque["pieces"] = [{"usage": rib.usage, "ref": rib.ref}]
    for valeurs in ({"iban": AUTRE_IBAN, "titulaire": NOM}, {"iban": NUMEN, "titulaire": {"$ne": NOM}}):
        web.envoyer(chemin, {**banque, "valeurs": valeurs, "message": f"{NUMEN} {RUE}"}, monde.rene)
    web.envoyer(chemin, {"rubrique": NUMEN, "cas": IBAN, NOM: TELEPHONE}, monde.rene)
    web.envoyer(chemin, {**banque, "valeurs": {}}, monde.rene, cle="cle avec un espace " + NUMEN)
    web.client.post(chemin, data=f'{{"{NUMEN}": "{IBAN}', headers={"Content-Type": "application/json"})
    web.client.get("/dossiers/x", headers={"Authorization": f"Bearer {NUMEN}.{IBAN}.{NOM}"})
    web.deposer(f"{NOM} {NUMEN}.pdf", IBAN.encode(), monde.rene, monde.rene)
    object.__setattr__(monde.application, "dossiers", BaseEnPanne())
    assert web.lire(f"/dossiers/{monde.rene}", monde.rene, "enseignant").status_code == 500


if __name__ == "__main__":
    main()
