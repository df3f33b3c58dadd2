"""A browser in words, from what it says of itself."""

NAVIGATEURS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


def appareil(navigateur: str) -> str:
    browser = next((word for mark, word in NAVIGATEURS if mark in navigateur), "Navigateur inconnu")
    system = next((word for mark, word in SYSTEMES if mark in navigateur), None)
    return f"{browser} sur {system}" if system else browser
