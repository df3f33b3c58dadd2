"""docs/securite.csv answers each requirement it names, and what it shows exists."""

import csv
import re

from tests.architecture.sources import ROOT

STATUTS = {"tenu", "sans objet", "plus tard"}
ID = re.compile(r"^V\d+\.\d+\.\d+$")


def lines() -> list[dict[str, str]]:
    with (ROOT / "docs/securite.csv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def test_each_requirement_is_answered_once_with_a_reason() -> None:
    ids = [line["id"] for line in lines()]
    assert len(ids) == len(set(ids)) > 0
    for line in lines():
        assert ID.match(line["id"]), line
        assert line["statut"] in STATUTS, line
        assert line["reponse"].strip(), line


def test_a_requirement_said_to_be_met_shows_a_file_or_a_test_that_exists() -> None:
    for line in lines():
        proofs = line["preuve"].split()
        assert proofs or line["statut"] != "tenu", line
        for proof in proofs:
            path, _, name = proof.partition("::")
            assert (ROOT / path).exists(), proof
            assert name in (ROOT / path).read_text(encoding="utf-8"), proof
