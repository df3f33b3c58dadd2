"""Pages for paper, drawn by a library that is loaded when the first is asked for."""


def pdf(html: str, base_url: str) -> bytes:
    """The document as PDF; `base_url` is the folder its style sheets are named from."""
    # A second of CPU at the start of each process, for what few people print.
    from gateway.adapters.impression import printed

    return printed(html, base_url)
