"""What the routes take and give. Business checks are the domain's: here only shapes and sizes."""

import marshmallow as ma

from chassis.http import Schema

CODE = ma.validate.Regexp(r"^[A-Za-z0-9_.-]{1,64}$")
MOTIF_MAX = 2000


class PieceDonnee(Schema):
    usage = ma.fields.String(required=True, validate=CODE)
    ref = ma.fields.String(required=True, validate=ma.validate.Length(1, 64))


class Signaler(Schema):
    rubrique = ma.fields.String(required=True, validate=ma.validate.Length(1, 64))
    cas = ma.fields.String(required=True, validate=ma.validate.Length(1, 64))
    valeurs = ma.fields.Dict(keys=ma.fields.String(), load_default=dict)
    date_effet = ma.fields.String(load_default="", allow_none=True, validate=ma.validate.Length(max=40))
    pieces = ma.fields.List(
        ma.fields.Nested(PieceDonnee), load_default=list, validate=ma.validate.Length(max=20)
    )
    message = ma.fields.String(load_default="", allow_none=True)
    demande_citee = ma.fields.String(load_default=None, allow_none=True, validate=ma.validate.Length(max=64))


class Completer(Schema):
    valeurs = ma.fields.Dict(keys=ma.fields.String(), load_default=dict)
    date_effet = ma.fields.String(load_default=None, allow_none=True, validate=ma.validate.Length(max=40))
    pieces = ma.fields.List(
        ma.fields.Nested(PieceDonnee), load_default=list, validate=ma.validate.Length(max=20)
    )
    message = ma.fields.String(load_default="", allow_none=True)


class Accepter(Schema):
    vu = ma.fields.List(
        ma.fields.String(validate=CODE), load_default=list, validate=ma.validate.Length(max=40)
    )


class Refuser(Schema):
    motif = ma.fields.String(load_default="", validate=ma.validate.Length(max=MOTIF_MAX))
    modele = ma.fields.String(load_default=None, allow_none=True, validate=CODE)


class DemanderComplement(Refuser):
    avant = ma.fields.Date(load_default=None, allow_none=True)


class SansCorps(Schema):
    """A command that says all in its address."""

    class Meta:
        unknown = ma.EXCLUDE


class Rubriques(Schema):
    rubriques = ma.fields.List(ma.fields.Dict())
    delai_reponse_jours = ma.fields.Integer()


class Motifs(Schema):
    motifs = ma.fields.List(ma.fields.Dict())


class Dossier(Schema):
    """Shape B: see the service's README."""

    agent = ma.fields.String()
    academie = ma.fields.String()
    a_jour_au = ma.fields.String()
    origine = ma.fields.String()
    numen_masque = ma.fields.String()
    completude = ma.fields.Dict()
    rubriques = ma.fields.List(ma.fields.Dict())


class Changements(Schema):
    changements = ma.fields.List(ma.fields.Dict())


class Consultations(Schema):
    consultations = ma.fields.List(ma.fields.Dict())
