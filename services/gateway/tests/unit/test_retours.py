"""After sign-in one comes back to this site, never to another."""

import pytest
from gateway.entrypoints.http.retours import DEFAULT, safe_return


@pytest.mark.parametrize("address", ["/dossier", "/file?onglet=traites&q=a%20b", "/courrier/1?reprise=2"])
def test_a_page_of_this_site_is_kept(address: str) -> None:
    assert safe_return(address) == address


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "https://exemple.invalid/",
        "//exemple.invalid/",
        "/\\exemple.invalid",
        "/a\\..\\b",
        "/\t/exemple.invalid",
        "dossier",
        "javascript:alert(1)",
        "/connexion",
        "/deconnexion",
        "/direct",
    ],
)
def test_anything_else_becomes_the_bureau(address: str | None) -> None:
    assert safe_return(address) == DEFAULT
