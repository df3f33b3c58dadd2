"""Marshmallow bases: unknown fields are refused in requests, dates are ISO 8601."""

import marshmallow as ma


class Schema(ma.Schema):
    """Base of every argument and response schema."""

    class Meta:
        unknown = ma.RAISE


class CommandAnswer(Schema):
    """What every command answers: the item as it is now, and the seq of its last event."""

    item = ma.fields.Dict(required=True)
    seq = ma.fields.Integer(required=True)


class FieldError(Schema):
    champ = ma.fields.String(metadata={"description": "Nom du champ, vide pour l’ensemble"})
    message = ma.fields.String()


class Problem(Schema):
    """problem+json (RFC 9457), in French."""

    type = ma.fields.String(metadata={"description": "urn:iprof:erreur:<code>"})
    title = ma.fields.String()
    status = ma.fields.Integer()
    detail = ma.fields.String(metadata={"description": "Une phrase qui dit quoi faire"})
    erreurs = ma.fields.List(ma.fields.Nested(FieldError))
    correlation = ma.fields.String()
