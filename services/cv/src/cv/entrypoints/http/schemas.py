"""What the routes accept. The domain checks the words themselves."""

import marshmallow as ma

from chassis.http import Schema

CODE = ma.validate.Regexp(r"^[a-z0-9_.-]{1,64}$")


class PieceFournie(Schema):
    usage = ma.fields.String(required=True, validate=CODE)
    ref = ma.fields.String(required=True, validate=ma.validate.Length(1, 64))


class ContenuDElement(Schema):
    valeurs = ma.fields.Dict(keys=ma.fields.String(), required=True)
    pieces = ma.fields.List(
        ma.fields.Nested(PieceFournie), load_default=list, validate=ma.validate.Length(max=10)
    )


class NouvelElement(ContenuDElement):
    rubrique = ma.fields.String(required=True, validate=CODE)


class Renvoi(Schema):
    nature = ma.fields.String(required=True, validate=ma.validate.OneOf(["refus", "complement"]))
    motif = ma.fields.String(required=True)
    modele = ma.fields.String(load_default=None, allow_none=True, validate=CODE)


class SansCorps(Schema):
    """Commands that say everything by their address."""
