"""What a person does about a parked key: play it again after a mend, or set the bad event aside."""

import sys
from collections.abc import Callable, Mapping, Sequence

import structlog

from chassis.cursors import Cursors, Origin, ParkedKey, ParkedKeys
from chassis.errors import Conflit, ErreurApplicative, Introuvable
from chassis.intake import Intake

log = structlog.get_logger()


class ParkingDesk:
    """The parked keys of one group. `intakes` are its subscriptions at work, by topic."""

    def __init__(
        self, group: str, intakes: Mapping[str, Intake], cursors: Cursors, parked: ParkedKeys
    ) -> None:
        self.group = group
        self._intakes = intakes
        self._cursors = cursors
        self._parked = parked

    def garees(self) -> Sequence[ParkedKey]:
        return self._parked.all(self.group)

    def rejouer(self, topic: str, key: str) -> int:
        """Applies what the owner's journal has for this key, releases it, and gives the last seq.

        Raises Introuvable when it is not parked, Conflit when nobody knows yet whose key it is, and
        whatever the bad event still raises: the key then stays parked.
        """
        parked = self._get(topic, key)
        return self._catch_up_and_release(parked, self._done(parked))

    def ecarter(self, topic: str, key: str, raison: str) -> int:
        """As `rejouer`, without the event that could not be applied; the reason goes to the log."""
        parked = self._get(topic, key)
        if parked.seq is not None:
            self._cursors.advance(self.group, {_origin(parked): parked.seq})
        log.warning("consumer.evenement_ecarte", group=self.group, topic=topic, seq=parked.seq, raison=raison)
        return self._catch_up_and_release(parked, max(self._done(parked), parked.seq or 0))

    def _catch_up_and_release(self, parked: ParkedKey, after: int) -> int:
        intake, origin, kind = self._intakes[parked.topic], _origin(parked), parked.kind or ""
        after = intake.catch_up(origin, kind, after)
        self._parked.release(self.group, parked.topic, parked.key)
        # An event the loop skipped between the last look and the release would otherwise be forgotten.
        return intake.catch_up(origin, kind, after)

    def _get(self, topic: str, key: str) -> ParkedKey:
        parked = self._parked.get(self.group, topic, key)
        if parked is None:
            raise Introuvable("Cette clé n’est pas garée.")
        if parked.source is None or parked.kind is None:
            raise Conflit(
                "On ne sait pas encore de quel service vient cette clé : attendre son prochain événement."
            )
        return parked

    def _done(self, parked: ParkedKey) -> int:
        origin = _origin(parked)
        return self._cursors.read(self.group, {origin}).get(origin, 0)


def _origin(parked: ParkedKey) -> Origin:
    return Origin(parked.source or "", parked.key)


Desks = Callable[[], Sequence[ParkingDesk]]
JobRun = Callable[[Sequence[str]], int]


def rejouer_job(desks: Desks) -> JobRun:
    """`python -m <service> rejouer [GROUPE TOPIC CLE]`: without arguments, lists the parked keys."""

    def run(arguments: Sequence[str]) -> int:
        if len(arguments) != 3:
            return _tell(desks())
        group, topic, key = arguments
        return _decide(desks(), group, lambda desk: desk.rejouer(topic, key))

    return run


def ecarter_job(desks: Desks) -> JobRun:
    """`python -m <service> ecarter GROUPE TOPIC CLE RAISON`."""

    def run(arguments: Sequence[str]) -> int:
        if len(arguments) != 4:
            return _tell(desks())
        group, topic, key, raison = arguments
        return _decide(desks(), group, lambda desk: desk.ecarter(topic, key, raison))

    return run


def _decide(desks: Sequence[ParkingDesk], group: str, act: Callable[[ParkingDesk], int]) -> int:
    desk = next((desk for desk in desks if desk.group == group), None)
    if desk is None:
        sys.stderr.write(f"Aucun groupe {group} ici.\n")
        return 2
    try:
        sys.stdout.write(f"Clé à jour jusqu’à l’événement {act(desk)}.\n")
    except ErreurApplicative as error:
        sys.stderr.write(f"{error.message}\n")
        return 3
    return 0


def _tell(desks: Sequence[ParkingDesk]) -> int:
    parked = [key for desk in desks for key in desk.garees()]
    for key in parked:
        sys.stdout.write(f"{key.group} {key.topic} {key.key} {key.raison} {key.le.isoformat()}\n")
    sys.stdout.write(f"{len(parked)} clé(s) garée(s).\n")
    return 0
