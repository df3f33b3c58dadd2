"""Up in this terminal, up in the background, down, and forgetting."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from deploy.local import affichage, etat
from deploy.local.instance import OWN_FILES, OWN_FOLDERS, ROOT, STATE, Instance, read_json
from deploy.local.processus import Panne, kill_group, wait_until
from deploy.local.superviseur import Superviseur, last_words
from deploy.local.unites import leftovers

DETACH_SECONDS, DOWN_SECONDS = 900.0, 60.0
ROUND = 0.2


def up(instance: Instance, extract: Path | None) -> int:
    """Runs the instance in this process until it is asked to stop."""
    if not instance.hold():
        raise Panne("I-Prof démarre déjà dans un autre terminal.")
    supervisor = Superviseur(instance, affichage.step)
    supervisor.run(extract, lambda late: _present(instance, supervisor, late))
    affichage.step("Tout est arrêté. Les données restent pour la prochaine fois.")
    return 0


def _present(instance: Instance, supervisor: Superviseur, late: list[str]) -> None:
    console = affichage.console
    console.print(affichage.services_table(etat.status(instance)))
    console.print(affichage.accounts_table(read_json(instance.accounts_file) or []))
    for unit in supervisor.units:
        if unit.name in late:
            console.print(f"{unit.name} ne répond pas.\n{last_words(unit)}", markup=False, style="red")
    console.print(f"Ouvrir {instance.ports.gateway_url} · Ctrl-C ou ./iprof down pour arrêter", markup=False)


def up_detached(instance: Instance, extract: Path | None) -> int:
    """Leaves a supervisor behind and comes back when everything answers; 1 when something does not."""
    instance.data.mkdir(parents=True, exist_ok=True)
    (instance.data / STATE).unlink(missing_ok=True)
    log = instance.data / "journaux" / "iprof.log"
    log.parent.mkdir(exist_ok=True)
    words = [sys.executable, "-m", "deploy.local.commande", "up", "--extrait", str(extract or "aucun")]
    with log.open("ab") as stream:
        child = subprocess.Popen(
            words, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=stream, stderr=stream, start_new_session=True
        )
    _follow(instance, child)
    if child.poll() is not None:
        raise Panne(f"I-Prof n'a pas démarré ; le détail est dans {log}")
    found = etat.status(instance)
    affichage.console.print(affichage.services_table(found))
    affichage.console.print(affichage.accounts_table(read_json(instance.accounts_file) or []))
    return 0 if etat.all_ready(found) else 1


def _follow(instance: Instance, child: "subprocess.Popen[bytes]") -> None:
    """Repeats the supervisor's steps until it presents the whole, or ends."""
    said = ""

    def settled() -> bool:
        nonlocal said
        note = read_json(instance.data / STATE) or {}
        if note.get("etape", said) != said:
            said = note["etape"]
            affichage.step(said)
        return child.poll() is not None or bool(note.get("presente"))

    wait_until(settled, DETACH_SECONDS)


def down(instance: Instance) -> str:
    """Stops the supervisor, or what a killed one left. Says what it did."""
    pid = instance.supervisor()
    if pid is None or not instance.is_running():
        return _sweep(instance, "Rien n'était en marche.")
    os.kill(pid, signal.SIGTERM)
    if not wait_until(lambda: instance.supervisor() is None, DOWN_SECONDS):
        kill_group(pid)
    return _sweep(instance, "Tout est arrêté. Les données restent pour la prochaine fois.")


def _sweep(instance: Instance, sentence: str) -> str:
    left = leftovers(instance.data)
    for process in left:
        process.stop()
    (instance.data / STATE).unlink(missing_ok=True)
    if not left:
        return sentence
    return f"Restes d'un arrêt brutal, arrêtés : {', '.join(process.name for process in left)}."


def forget(instance: Instance) -> None:
    """Removes what this house wrote in the data folder, and nothing somebody else put there."""
    _sweep(instance, "")
    for name in OWN_FOLDERS:
        shutil.rmtree(instance.data / name, ignore_errors=True)
    for name in (*OWN_FILES, "verrou"):
        (instance.data / name).unlink(missing_ok=True)
