"""What dies comes back, later and later, and `status` can say so."""

from dataclasses import dataclass, field
from types import SimpleNamespace

from deploy.local.gardes import LONGEST_DELAY, Garde


@dataclass
class Fragile:
    """A unit that dies when told to."""

    name: str = "dossier"
    alive: bool = False
    starts: int = 0
    process: SimpleNamespace = field(default_factory=lambda: SimpleNamespace(exit_code=1))

    def start(self) -> None:
        self.starts += 1
        self.alive = True


class Time:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def guarded() -> tuple[Fragile, Garde, Time]:
    unit, clock = Fragile(), Time()
    return unit, Garde(unit, clock), clock


def test_what_was_never_started_is_not_said_to_be_dead() -> None:
    unit, garde, _ = guarded()
    assert garde.look() is None
    assert unit.starts == 0


def test_a_dead_unit_is_announced_once_and_started_after_its_delay() -> None:
    unit, garde, clock = guarded()
    garde.start()
    unit.alive = False
    assert garde.look() == "dossier s'est arrêté (code 1) ; redémarrage dans 1 s"
    assert garde.look() is None
    assert garde.state == "redemarre"
    clock.now += 1
    assert garde.look() == ""
    assert (unit.starts, garde.restarts, garde.state) == (2, 1, "en_marche")


def delays_of_deaths(count: int) -> list[float]:
    unit, garde, clock = guarded()
    garde.start()
    waited = []
    for _ in range(count):
        unit.alive = False
        garde.look()
        began = clock.now
        while not unit.alive:
            clock.now += 1
            garde.look()
        waited.append(clock.now - began)
    return waited


def test_each_death_in_a_row_waits_twice_as_long_up_to_a_limit() -> None:
    assert delays_of_deaths(7) == [1, 2, 4, 8, 16, LONGEST_DELAY, LONGEST_DELAY]


def test_a_minute_of_life_forgives_earlier_deaths() -> None:
    unit, garde, clock = guarded()
    garde.start()
    for _ in range(3):
        unit.alive = False
        garde.look()
        clock.now += 30
        garde.look()
    clock.now += 61
    garde.look()
    unit.alive = False
    assert garde.look() == "dossier s'est arrêté (code 1) ; redémarrage dans 1 s"
