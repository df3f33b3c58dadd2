"""Pieces of pages, fetched again when something changed. They never keep a session alive."""

from flask import Blueprint, Response, request

from chassis.clock import paris_date
from chassis.errors import Introuvable
from gateway.application.filtres import Filtre, criteria
from gateway.application.vues.file import onglets
from gateway.entrypoints.http.application import application
from gateway.entrypoints.http.bureau import vue_bureau
from gateway.entrypoints.http.changements import read, vue_changement
from gateway.entrypoints.http.courrier import mark_read, read_fil, vue_courrier, vue_fil
from gateway.entrypoints.http.cv import vue_cv
from gateway.entrypoints.http.gardes import ENSEIGNANT, GESTIONNAIRE, connecte
from gateway.entrypoints.http.moi import mes_portefeuilles, personne_id
from gateway.entrypoints.http.pages import fragment, fragment_of
from gateway.entrypoints.http.poste import presence

blueprint = Blueprint("fragments", __name__, url_prefix="/fragments")


@blueprint.get("/bureau/tuiles")
@connecte(ENSEIGNANT)
def bureau_tuiles() -> Response:
    return fragment("fragments/bureau-tuiles.html", bureau=vue_bureau(whole=False))


@blueprint.get("/bureau/demandes")
@connecte(ENSEIGNANT)
def bureau_demandes() -> Response:
    return fragment("fragments/bureau-demandes.html", bureau=vue_bureau(whole=False))


@blueprint.get("/changements/<id>")
@connecte(ENSEIGNANT)
def changement(id: str) -> Response:
    return fragment("fragments/changement.html", changement=vue_changement(read(id)))


@blueprint.get("/cv")
@connecte(ENSEIGNANT)
def cv() -> Response:
    """Its forms carry a new key each time: the ETag is that of the data."""
    shown = vue_cv(personne_id(), "/cv")
    return fragment_of("fragments/cv.html", shown, cv=shown)


@blueprint.get("/courrier")
@connecte(ENSEIGNANT, GESTIONNAIRE)
def courrier() -> Response:
    return fragment("fragments/courrier.html", courrier=vue_courrier())


@blueprint.get("/courrier/<id>")
@connecte(ENSEIGNANT, GESTIONNAIRE)
def fil(id: str) -> Response:
    """Only a page in view asks for it: what it brings is read."""
    data = read_fil(id)
    mark_read(data)
    return fragment("fragments/fil.html", fil=vue_fil(data))


@blueprint.get("/file/onglets")
@connecte(GESTIONNAIRE)
def file_onglets() -> Response:
    filtre = Filtre.from_query(request.args)
    nombres = application().lignes.counts(mes_portefeuilles(), personne_id())
    shown = {"onglet": filtre.onglet, "onglets": onglets(filtre, nombres)}
    return fragment("fragments/file-onglets.html", file=shown)


@blueprint.get("/file/nouveautes")
@connecte(GESTIONNAIRE)
def file_nouveautes() -> Response:
    """How many lines of this very view arrived since it was shown."""
    filtre, wired = Filtre.from_query(request.args), application()
    wanted = criteria(filtre, mes_portefeuilles(), personne_id(), paris_date(wired.clock.now()))
    arrived = wired.lignes.arrived_since(wanted, request.args.get("depuis", "")[:40])
    shown = {"nouveautes": arrived, "adresse": filtre.url()}
    return fragment("fragments/file-nouveautes.html", file=shown)


@blueprint.get("/file/<id>/presence")
@connecte(GESTIONNAIRE)
def file_presence(id: str) -> Response:
    """Only for a line of her own portefeuilles: who looks at the others is not hers to know."""
    line = application().lignes.one(id)
    if line is None or line["portefeuille_id"] not in mes_portefeuilles():
        raise Introuvable("Cette page n’existe pas ou ne vous est pas ouverte.")
    return fragment("fragments/presence.html", poste={"presence": presence(id), "conflit": None})
