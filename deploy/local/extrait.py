"""Loads an HR extract: identity first, then dossier from the lines identity accepted."""

import subprocess
from collections.abc import Callable
from pathlib import Path

from deploy.local.cache import sha256
from deploy.local.instance import SAMPLE, Instance, read_json, write_json
from deploy.local.processus import Panne, Programme
from deploy.local.services import Adresses, programme

LOADED = (0, 3)
SENTENCES = {
    0: "L'extrait est chargé.",
    2: "L'extrait est refusé : rien n'a été chargé.",
    3: "L'extrait est chargé, sauf les lignes que le rapport nomme.",
}


def already_loaded(instance: Instance) -> str | None:
    """The name of the extract in the base."""
    note = read_json(instance.loaded_file)
    return note["fichier"] if note else None


def load(
    instance: Instance, addresses: Adresses, extract: Path, stopped: Callable[[], bool] = lambda: False
) -> int:
    """Runs both loaders and returns 0, 2 or 3, as the format says. Raises Panne when a loader breaks."""
    accepted = instance.reports / f"{extract.stem}-acceptees.ndjson"
    instance.reports.mkdir(parents=True, exist_ok=True)
    first = programme(instance, "identity", addresses, "importer", *_words(instance, extract, accepted))
    code = _run(first, stopped)
    if code in LOADED:
        second = _run(programme(instance, "dossier", addresses, "importer", str(accepted)), stopped)
        code = max(code, second)
    if code in LOADED:
        write_json(instance.loaded_file, {"fichier": extract.name, "sha256": sha256(extract)})
    return code


def _words(instance: Instance, extract: Path, accepted: Path) -> list[str]:
    """The report stands beside the file, but the product's own sample is not to be written around."""
    folder = instance.reports if extract == SAMPLE else extract.parent
    report = folder / f"{extract.stem}.rapport.csv"
    return [str(extract), "--acceptees", str(accepted), "--rapport", str(report)]


def _run(loader: Programme, stopped: Callable[[], bool]) -> int:
    """In this terminal, so that its progress bar is seen; ended when `stopped`."""
    with subprocess.Popen(loader.words, cwd=loader.folder, env=loader.whole_environment()) as child:
        while True:
            try:
                code = child.wait(timeout=0.2)
                break
            except subprocess.TimeoutExpired:
                if stopped():
                    child.terminate()
    if code not in SENTENCES:
        raise Panne(f"Le chargement par {loader.name} s'est interrompu (code {code}).")
    return code
