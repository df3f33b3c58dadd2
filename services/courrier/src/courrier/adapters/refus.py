"""The trace of who asked for what is not hers."""

import structlog

log = structlog.get_logger()


class RefusJournalises:
    """`JournalDesRefus` in the service's log: ids only."""

    def noter(self, acteur: str, agent: str) -> None:
        log.warning("acces.hors_perimetre", acteur=acteur, agent=agent)
