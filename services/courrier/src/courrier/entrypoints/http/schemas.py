"""What the routes accept. The domain checks the words themselves."""

import marshmallow as ma

from chassis.http import Schema

ID = ma.validate.Length(1, 64)


class PieceFournie(Schema):
    ref = ma.fields.String(required=True, validate=ID)
    usage = ma.fields.String(load_default="fichier", validate=ID)


class Reponse(Schema):
    texte = ma.fields.String(required=True)
    pieces = ma.fields.List(
        ma.fields.Nested(PieceFournie), load_default=list, validate=ma.validate.Length(max=10)
    )


class NouveauFil(Reponse):
    sujet = ma.fields.String(required=True)
    agent = ma.fields.String(load_default=None, allow_none=True, validate=ID)


class Brouillon(Schema):
    sujet = ma.fields.String(load_default="")
    texte = ma.fields.String(load_default="")
    agent = ma.fields.String(load_default=None, allow_none=True, validate=ID)
    pieces = ma.fields.List(
        ma.fields.Nested(PieceFournie), load_default=list, validate=ma.validate.Length(max=10)
    )


class Recherche(Schema):
    etat = ma.fields.String(load_default=None, validate=ma.validate.OneOf(["ouvert", "clos"]))
    agent = ma.fields.String(load_default=None, validate=ID)


class SansCorps(Schema):
    """Commands that say everything by their address."""
