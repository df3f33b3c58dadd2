"""Where to go after sign-in: only to a page of this very site."""

from urllib.parse import urlsplit

DEFAULT = "/bureau"


def safe_return(address: str | None) -> str:
    """The path to come back to; anything that could lead elsewhere becomes the bureau."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")):
        return DEFAULT
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or any(ord(char) < 32 or char == "\\" for char in address):
        return DEFAULT
    return address if not parts.path.startswith(("/connexion", "/deconnexion", "/direct")) else DEFAULT
