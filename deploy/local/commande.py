"""The words of `./iprof`: each command in a few lines, its work elsewhere."""

import json
import sys
from pathlib import Path

import click
from rich.table import Table

from deploy.local import affichage, docker, etat, extrait, journaux, machine, marche, verifications
from deploy.local.docker import Conteneurs
from deploy.local.instance import SAMPLE, Instance, current_instance, read_json
from deploy.local.processus import Panne
from deploy.local.unites import addresses_of, server_units

NONE = "aucun"


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.pass_context
def iprof(context: click.Context) -> None:
    """I-Prof sur cette machine. IPROF_VAR choisit le dossier des données, IPROF_PORT le port des pages."""
    context.obj = current_instance()


@iprof.command()
@click.option("--detach", is_flag=True, help="Rendre la main une fois que tout est prêt.")
@click.option(
    "--extrait", "extract", default=str(SAMPLE), metavar="FICHIER|aucun", help="L'extrait d'une base vide."
)
@click.option("--docker", "containers", is_flag=True, help="Dans des conteneurs (docker-compose.yml).")
@click.pass_obj
def up(instance: Instance, detach: bool, extract: str, containers: bool) -> None:
    """Démarre tout : serveurs, services, extrait d'exemple si la base est vide."""
    chosen = None if extract == NONE else _file(extract)
    if containers:
        sys.exit(docker.up(instance, chosen))
    if Conteneurs(instance).exist:
        raise Panne("I-Prof tourne dans des conteneurs : ./iprof down d'abord.")
    if instance.is_running():
        affichage.step(f"I-Prof est déjà en marche : {instance.ports.gateway_url}")
        return
    sys.exit(marche.up_detached(instance, chosen) if detach else marche.up(instance, chosen))


@iprof.command()
@click.pass_obj
def down(instance: Instance) -> None:
    """Arrête tout ; les données restent."""
    containers = Conteneurs(instance)
    if containers.exist:
        containers.down()
        affichage.step("Les conteneurs sont arrêtés. Leurs données restent pour la prochaine fois.")
    else:
        affichage.step(marche.down(instance))


@iprof.command()
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def status(instance: Instance, as_json: bool) -> None:
    """Dit ce qui tourne et ce qui est prêt (code 1 si quelque chose ne l'est pas)."""
    containers = Conteneurs(instance)
    found = containers.status() if containers.exist else etat.status(instance)
    _show(found, as_json, affichage.services_table(found))
    sys.exit(0 if etat.all_ready(found) else 1)


@iprof.command()
@click.argument("service", required=False)
@click.option("-f", "follow", is_flag=True, help="Attendre la suite.")
@click.pass_obj
def logs(instance: Instance, service: str | None, follow: bool) -> None:
    """Montre ce que les programmes écrivent."""
    containers = Conteneurs(instance)
    if containers.exist:
        containers.logs(service, follow)
    else:
        journaux.show(instance.data / "journaux", service, follow)


@iprof.command()
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def comptes(instance: Instance, as_json: bool) -> None:
    """Montre les comptes de démonstration."""
    containers = Conteneurs(instance)
    source = containers.accounts_file if containers.exist else instance.accounts_file
    accounts = read_json(source) or []
    if not accounts and not as_json:
        raise Panne("Pas encore de compte : ils viennent avec le premier extrait (./iprof up).")
    _show(accounts, as_json, affichage.accounts_table(accounts))


@iprof.command()
@click.argument("fichier", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def importer(instance: Instance, fichier: Path) -> None:
    """Charge un extrait RH (code 0 : tout ; 2 : rien ; 3 : sauf des lignes refusées)."""
    containers = Conteneurs(instance)
    if not instance.is_running() and not containers.exist:
        raise Panne("I-Prof n'est pas en marche : ./iprof up")
    if containers.exist:
        code = containers.load(fichier.resolve())
    else:
        code = extrait.load(instance, addresses_of(server_units(instance)), fichier.resolve())
    affichage.step(extrait.SENTENCES[code])
    sys.exit(code)


@iprof.command()
@click.option("--oui", is_flag=True, help="Ne pas demander.")
@click.pass_obj
def reset(instance: Instance, oui: bool) -> None:
    """Oublie toutes les données de cette installation."""
    if instance.is_running():
        raise Panne("I-Prof est en marche : ./iprof down d'abord.")
    if not oui:
        click.confirm(f"Effacer toutes les données de {instance.data} ?", abort=True)
    Conteneurs(instance).forget()
    marche.forget(instance)
    affichage.step("Les données sont effacées.")


@iprof.command()
def doctor() -> None:
    """Dit ce qui manque à cette machine, avec la commande qui y remédie."""
    found = [(need, need.there()) for need in machine.EVERYTHING]
    affichage.console.print(affichage.needs_table(found))
    sys.exit(0 if all(there for _, there in found) else 1)


@iprof.command(context_settings={"ignore_unknown_options": True})
@click.option("--rapide", is_flag=True, help="Sans serveur ni navigateur.")
@click.argument("mots", nargs=-1, type=click.UNPROCESSED)
def test(rapide: bool, mots: tuple[str, ...]) -> None:
    """Passe toutes les vérifications et tous les essais ; MOTS va à pytest."""
    sys.exit(verifications.run_all(rapide, mots, affichage.step))


def _show(found: object, as_json: bool, table: Table) -> None:
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        affichage.console.print(table)


def _file(name: str) -> Path:
    path = Path(name).resolve()
    if not path.is_file():
        raise Panne(f"{name} : ce fichier n'existe pas.")
    return path


def main() -> None:
    """A breakdown is one sentence and exit code 1, never a traceback."""
    try:
        iprof(prog_name="./iprof")
    except Panne as panne:
        affichage.console.print(str(panne), markup=False, style="red")
        sys.exit(1)


if __name__ == "__main__":
    main()
