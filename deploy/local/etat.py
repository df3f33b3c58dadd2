"""What `status` says: asked to the programs themselves, not to a note written earlier."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from deploy.local.instance import STATE, Instance, read_json
from deploy.local.unites import Unite, addresses_of, server_units, service_units

STOPPED = "arrete"


def status(instance: Instance) -> dict[str, Any]:
    """`{"url", "services": [{"nom", "etat", "pret", "url", "via"}]}`.

    `etat` is en_marche, redemarre or arrete; `via` is embarque, adresse donnee or processus.
    """
    running = instance.is_running()
    note = read_json(instance.data / STATE) if running else None
    states = {line["nom"]: line for line in (note or {"services": []})["services"]}
    units = all_units(instance)
    with ThreadPoolExecutor(len(units)) as pool:
        ready = pool.map(lambda unit: (running or not unit.ours) and unit.ready(), units)
    lines = [_line(unit, there, states.get(unit.name)) for unit, there in zip(units, ready, strict=True)]
    return {"url": instance.ports.gateway_url, "services": lines}


def all_units(instance: Instance) -> list[Unite]:
    servers = server_units(instance)
    return [*servers, *service_units(instance, addresses_of(servers))]


def _line(unit: Unite, ready: bool, note: dict[str, Any] | None) -> dict[str, Any]:
    state = note["etat"] if note and unit.ours else ("en_marche" if ready else STOPPED)
    return {
        "nom": unit.name,
        "etat": state,
        "pret": ready,
        "url": unit.url,
        "via": unit.via,
        "redemarrages": note["redemarrages"] if note else 0,
    }


def all_ready(found: dict[str, Any]) -> bool:
    return all(line["pret"] for line in found["services"])
