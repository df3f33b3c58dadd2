"""Identity wired on a real Mongo wire."""

from collections.abc import Callable
from pathlib import Path

import pytest
from identity.bootstrap import Identity, assembler, preparer_les_index
from identity.config import Configuration
from identity.entrypoints.importer import importer

from chassis.mongo.connection import MongoDatabase
from services.identity.tests.reglages import reglages


@pytest.fixture
def configuration(tmp_path: Path) -> Configuration:
    return reglages(tmp_path)


@pytest.fixture
def identity(mongo_database: MongoDatabase, configuration: Configuration) -> Identity:
    preparer_les_index(mongo_database)
    return assembler(configuration, mongo_database)


@pytest.fixture
def importe(identity: Identity) -> Callable[..., int]:
    def charger(fichier: Path, *options: str) -> int:
        return importer(identity, [str(fichier), *options])

    return charger
