"""Pages of a list, each an address."""

from collections.abc import Callable

from gateway.application.vues.personnes import Vue

AROUND = 2


def pagination(page: int, total: int, size: int, address: Callable[[int], str]) -> Vue:
    pages = max(1, -(-total // size))
    shown = sorted({1, pages, *range(max(1, page - AROUND), min(pages, page + AROUND) + 1)})
    return {
        "page": page,
        "pages": pages,
        "total": total,
        "premier": (page - 1) * size + 1 if total else 0,
        "dernier": min(page * size, total),
        "liens": [{"page": n, "lien": address(n), "courante": n == page} for n in shown],
        "precedente": address(page - 1) if page > 1 else None,
        "suivante": address(page + 1) if page < pages else None,
    }
