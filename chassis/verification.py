"""The job that checks the audit chains of a service."""

import sys
from collections.abc import Callable, Iterable, Sequence

Breaks = Callable[[], Iterable[tuple[str, str, int]]]


def verifier_job(breaks: Breaks) -> Callable[[Sequence[str]], int]:
    """`python -m <service> verifier-journal`: exits with 1 when a chain does not hold.

    `breaks` is `lambda: broken_chains(journal, key, collections)`.
    """

    def run(arguments: Sequence[str]) -> int:
        found = list(breaks())
        for kind, id, seq in found:
            sys.stdout.write(f"{kind} {id} : la chaîne est rompue à l’événement {seq}.\n")
        sys.stdout.write(f"{len(found)} chaîne(s) rompue(s).\n")
        return 1 if found else 0

    return run
