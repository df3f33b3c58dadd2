"""What the routes of identity take and give."""

import marshmallow as ma

from chassis.http.schemas import Schema

NOMS_MAX = 500


class Nom(Schema):
    civilite = ma.fields.String(allow_none=True)
    nom = ma.fields.String()
    prenom = ma.fields.String()


class Etablissement(Schema):
    uai = ma.fields.String()
    denomination = ma.fields.String()
    commune = ma.fields.String()


class Suppleant(Nom):
    personne_id = ma.fields.UUID()
    jusqu_au = ma.fields.String(metadata={"format": "date"})


class Correspondant(Nom):
    personne_id = ma.fields.UUID()
    service = ma.fields.String()
    portefeuille_libelle = ma.fields.String()
    suppleant = ma.fields.Nested(Suppleant, allow_none=True)


class Fiche(Nom):
    personne_id = ma.fields.UUID()
    identifiant = ma.fields.String()
    roles = ma.fields.List(ma.fields.String())
    academie = ma.fields.String()
    academie_libelle = ma.fields.String()
    compte_actif = ma.fields.Boolean()
    corps = ma.fields.String(allow_none=True)
    corps_libelle = ma.fields.String(allow_none=True)
    grade_libelle = ma.fields.String(allow_none=True)
    echelon = ma.fields.Integer(allow_none=True)
    discipline = ma.fields.String(allow_none=True)
    discipline_libelle = ma.fields.String(allow_none=True)
    etablissement = ma.fields.Nested(Etablissement, allow_none=True)
    portefeuille_id = ma.fields.String(allow_none=True)
    correspondant = ma.fields.Nested(Correspondant, allow_none=True)
    rev = ma.fields.Integer()


class PortefeuilleTenu(Schema):
    id = ma.fields.String()
    libelle = ma.fields.String()
    service = ma.fields.String()


class Moi(Fiche):
    portefeuilles = ma.fields.List(ma.fields.Nested(PortefeuilleTenu))
    perimetre = ma.fields.String()


class LigneAgent(Nom):
    personne_id = ma.fields.UUID()
    corps_libelle = ma.fields.String(allow_none=True)
    etablissement = ma.fields.Nested(Etablissement, allow_none=True)
    portefeuille_id = ma.fields.String(allow_none=True)


class PageAgents(Schema):
    agents = ma.fields.List(ma.fields.Nested(LigneAgent))
    total = ma.fields.Integer()
    page = ma.fields.Integer()
    pages = ma.fields.Integer()


class RechercheAgents(Schema):
    q = ma.fields.String(load_default="", validate=ma.validate.Length(max=100))
    portefeuille = ma.fields.String(load_default="", validate=ma.validate.Length(max=80))
    page = ma.fields.Integer(load_default=1, validate=ma.validate.Range(1, 10_000))
    par_page = ma.fields.Integer(load_default=25, validate=ma.validate.Range(1, 200))


class DemandeNoms(Schema):
    ids = ma.fields.List(
        ma.fields.String(validate=ma.validate.Length(max=60)),
        required=True,
        validate=ma.validate.Length(max=NOMS_MAX),
    )


class NomPublic(Nom):
    corps_libelle = ma.fields.String(allow_none=True)
    corps_collectif = ma.fields.String(allow_none=True)
    etablissement_libelle = ma.fields.String(allow_none=True)


class Noms(Schema):
    noms = ma.fields.Dict(keys=ma.fields.String(), values=ma.fields.Nested(NomPublic))


class Rattachement(Schema):
    portefeuille_id = ma.fields.String(required=True, validate=ma.validate.Length(1, 80))


class DemandeSuppleance(Schema):
    personne_id = ma.fields.String(required=True, validate=ma.validate.Length(1, 60))
    du = ma.fields.Date(required=True)
    au = ma.fields.Date(required=True)
