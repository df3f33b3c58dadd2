"""Pages for paper."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse


class OwnFiles(URLFetcher):  # type: ignore[misc]
    """Our style sheets and fonts only: a printed page never makes the server fetch anything else."""

    def __init__(self, root: str) -> None:
        super().__init__(allowed_protocols=("file",), allow_redirects=False)
        self._root = Path(root).resolve()

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        parts = urlsplit(url)
        path = Path(unquote(parts.path)).resolve()
        if parts.scheme != "file" or parts.netloc or not path.is_relative_to(self._root):
            raise ValueError("not one of our files")
        return super().fetch(url, headers)


def printed(html: str, base_url: str) -> bytes:
    """The document as PDF; `base_url` is the folder its style sheets are named from."""
    document: bytes = HTML(string=html, base_url=base_url, url_fetcher=OwnFiles(base_url)).write_pdf()
    return document
