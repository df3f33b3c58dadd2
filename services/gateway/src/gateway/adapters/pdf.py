"""Pages for paper."""

from weasyprint import HTML


def pdf(html: str, base_url: str) -> bytes:
    """The document as PDF; `base_url` is the folder its style sheets are named from."""
    document: bytes = HTML(string=html, base_url=base_url).write_pdf()
    return document
