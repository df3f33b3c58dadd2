"""The application of identity over its twins in memory, loaded with a small extract."""

from datetime import UTC, datetime

import pytest
from identity.adapters.nomenclatures import nomenclatures
from identity.domain.nomenclatures import Nomenclatures

from chassis.testing.clock import FixedClock
from services.identity.tests import extraits
from services.identity.tests.doublures import Monde, monde_de
from services.identity.tests.navigateur import Navigateur

JOUR = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def tables() -> Nomenclatures:
    return nomenclatures()


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(JOUR)


@pytest.fixture
def monde() -> Monde:
    return monde_de(extraits.lignes(3))


@pytest.fixture
def web(monde: Monde, clock: FixedClock) -> Navigateur:
    return Navigateur(monde, clock)
