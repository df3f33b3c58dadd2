"""Brings one instance up, keeps it up, and takes it down without leaving anything behind."""

import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from kafka.errors import KafkaError

from deploy.local import extrait, royaume, sujets
from deploy.local.gardes import Garde
from deploy.local.instance import ROOT, STATE, Instance, read_json, write_json
from deploy.local.ports import is_free
from deploy.local.processus import Panne, Processus, Programme
from deploy.local.unites import (
    SERVERS,
    Unite,
    addresses_of,
    leftovers,
    server_units,
    service_units,
)

START_SECONDS, ACCOUNTS_SECONDS = 180.0, 60.0
ROUND = 0.2


class Arret(Exception):
    """Somebody asked to stop."""


class Superviseur:
    """One run of an instance. `tell` receives each step in words."""

    def __init__(self, instance: Instance, tell: Callable[[str], None]) -> None:
        self.instance = instance
        self._tell = tell
        self._stop = threading.Event()
        self._servers = server_units(instance)
        self._services = service_units(instance, addresses_of(self._servers))
        self._gardes = [Garde(unit) for unit in (*self._servers, *self._services)]
        self._others: list[Processus] = []
        self._step = ""
        self._presented = False

    @property
    def units(self) -> list[Unite]:
        return [*self._servers, *self._services]

    def run(self, extract: Path | None, when_ready: Callable[[list[str]], None]) -> None:
        """Blocks until it is asked to stop. `when_ready` receives the names of what did not come up."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: self._stop.set())
        self.instance.note_supervisor()
        try:
            self._bring_up(extract)
            when_ready(self._wait_for_all())
            self._presented = True
            self._note()
            self._watch()
        except Arret:
            self._tell("Arrêt demandé.")
        finally:
            self._take_down()

    def _bring_up(self, extract: Path | None) -> None:
        self._clear()
        self._install()
        self._say("Démarrage de Keycloak, Kafka et de la base de documents")
        self._start(self._servers)
        self._wait_for([unit for unit in self._servers if unit.name != "keycloak"])
        self._create_topics()
        self._say("Démarrage des services")
        self._start(self._services)
        if extract is not None and extrait.already_loaded(self.instance) is None:
            self._load(extract)

    def _clear(self) -> None:
        """A killed run may have left programs; somebody else's are not touched, only named."""
        for process in leftovers(self.instance.data):
            self._say(f"{process.name} tournait encore d'une fois précédente : arrêté")
            process.stop()
        ours = [unit.name for unit in self._servers if unit.ours]
        taken = [port for port in self.instance.ports.needed(ours) if not is_free(port)]
        if taken:
            raise Panne(
                f"Le port {taken[0]} est pris par un autre programme : arrêtez-le ou choisissez IPROF_PORT."
            )

    def _install(self) -> None:
        wanted = [u.name for u in self._servers if u.ours and not SERVERS[u.name]().is_installed()]
        if not wanted:
            return
        self._say(f"Première fois sur cette machine : installation de {', '.join(wanted)}")
        self._others = [
            self._beside(f"installation-{name}", "deploy.local.installation", name) for name in wanted
        ]
        while any(process.pid is not None for process in self._others):
            self._pause()
        for process in self._others:
            if process.exit_code:
                raise Panne(process.last_words())
        self._others = []

    def _beside(self, name: str, module: str, *words: str) -> Processus:
        """Runs one of this package's own programs next to the supervisor."""
        process = Processus(self.instance.data, name)
        process.start(Programme(name, [sys.executable, "-m", module, *words], ROOT, {}))
        return process

    def _start(self, units: Iterable[Unite]) -> None:
        for garde in self._gardes:
            if garde.unit in units:
                garde.start()

    def _create_topics(self) -> None:
        """The events' topics before any service; the dead letters' beside, they are not in a hurry."""
        url, note = addresses_of(self._servers).kafka, self.instance.topics_file
        if note.exists() and note.read_text(encoding="utf-8") == sujets.wanted(url):
            return
        try:
            sujets.create_event_topics(url)
        except KafkaError as error:
            raise Panne(f"Les sujets Kafka n'ont pas pu être créés : {error}") from error
        self._others.append(self._beside("sujets", "deploy.local.sujets", url, str(note)))

    def _load(self, extract: Path) -> None:
        """A loading that fails leaves the rest up; the next `up` begins it again."""
        self._say(f"Chargement de {extract.name}")
        addresses = addresses_of(self._servers)
        try:
            code = extrait.load(self.instance, addresses, extract, stopped=self._stop.is_set)
        except Panne as panne:
            self._pause()
            self._say(str(panne))
        else:
            self._say(extrait.SENTENCES[code])

    def _wait_for(self, units: list[Unite]) -> None:
        """Raises Panne with the last words of the one that does not come."""
        late = self._late(units)
        if late:
            raise Panne(f"{late[0].name} ne répond pas.\n{last_words(late[0])}")

    def _wait_for_all(self) -> list[str]:
        self._say("Attente que tout réponde")
        self._wait_for(self._servers)
        self._tell_the_realm()
        late = [unit.name for unit in self._late(self.units)]
        if not late and extrait.already_loaded(self.instance):
            self._wait_for_accounts()
        return late

    def _tell_the_realm(self) -> None:
        keycloak = next(unit for unit in self._servers if unit.name == "keycloak")
        gateway = self.instance.ports.gateway_url
        if keycloak.ours and royaume.follow(self.instance.data, keycloak.url, gateway):
            self._say(f"Keycloak connaît la nouvelle adresse, {gateway}")

    def _wait_for_accounts(self) -> None:
        """The first time, they are made once both the extract and Keycloak are there."""
        end = time.monotonic() + ACCOUNTS_SECONDS
        while not read_json(self.instance.accounts_file) and time.monotonic() < end:
            self._look()
            self._pause()

    def _late(self, units: list[Unite]) -> list[Unite]:
        end, waiting = time.monotonic() + START_SECONDS, list(units)
        while waiting and time.monotonic() < end:
            waiting = [unit for unit in waiting if not unit.ready()]
            if waiting:
                self._look()
                self._pause()
        return waiting

    def _watch(self) -> None:
        while True:
            self._look()
            self._pause()

    def _look(self) -> None:
        for garde in self._gardes:
            news = garde.look()
            if news:
                self._say(news)
            elif news is not None:
                self._note()

    def _pause(self) -> None:
        if self._stop.wait(ROUND):
            raise Arret

    def _say(self, step: str) -> None:
        self._step = step
        self._tell(step)
        self._note()

    def _note(self) -> None:
        """What `status` and `up --detach` read."""
        note = {
            "etape": self._step,
            "presente": self._presented,
            "services": [_line(garde) for garde in self._gardes],
        }
        write_json(self.instance.data / STATE, note)

    def _take_down(self) -> None:
        """Services first, so that they say goodbye to servers that are still there."""
        for process in self._others:
            process.stop()
        for group in (self._services, self._servers):
            running = [unit.process for unit in group if unit.process is not None]
            for process in running:
                process.ask_to_stop()
            for process in running:
                process.make_sure_it_stopped()
        for name in (STATE, "superviseur.json"):
            (self.instance.data / name).unlink(missing_ok=True)


def _line(garde: Garde) -> dict[str, object]:
    return {"nom": garde.unit.name, "etat": garde.state, "redemarrages": garde.restarts}


def last_words(unit: Unite) -> str:
    return unit.process.last_words() if unit.process is not None else ""
