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


class PieceJointe(Schema):
    n = ma.fields.Integer()
    ref = ma.fields.String()
    nom = ma.fields.String()
    type = ma.fields.String()
    taille = ma.fields.Integer(metadata={"description": "Octets"})
    pages = ma.fields.Integer()
    analyse = ma.fields.String()
    deposee_le = ma.fields.String()


class Avis(Schema):
    type = ma.fields.String()
    objet = ma.fields.String(metadata={"description": "Le libellé du lien"})
    lien = ma.fields.String()


class Message(Schema):
    id = ma.fields.String()
    auteur = ma.fields.String(metadata={"description": "Une personne, ou « systeme »"})
    cote = ma.fields.String(metadata={"description": "agent, gestionnaire ou systeme"})
    texte = ma.fields.String()
    envoye_le = ma.fields.String()
    lu_le = ma.fields.String(allow_none=True)
    pieces = ma.fields.List(ma.fields.Nested(PieceJointe))
    avis = ma.fields.Nested(Avis, allow_none=True)


class Entete(Schema):
    id = ma.fields.String()
    sujet = ma.fields.String()
    nature = ma.fields.String(metadata={"description": "echange ou avis"})
    etat = ma.fields.String(metadata={"description": "ouvert ou clos"})
    agent = ma.fields.String()
    portefeuille_id = ma.fields.String(allow_none=True)
    rev = ma.fields.Integer()
    ouvert_le = ma.fields.String()
    dernier_message_le = ma.fields.String(allow_none=True)
    dernier_auteur = ma.fields.String()
    extrait = ma.fields.String()
    attend = ma.fields.String(metadata={"description": "gestionnaire, agent ou personne"})
    non_lus = ma.fields.Integer(metadata={"description": "De ce côté-ci"})
    non_lus_agent = ma.fields.Integer()
    non_lus_gestionnaire = ma.fields.Integer()
    nb_messages = ma.fields.Integer()
    affecte_a = ma.fields.String(allow_none=True)


class EnteteDeListe(Entete):
    brouillon = ma.fields.Boolean()


class Fils(Schema):
    fils = ma.fields.List(ma.fields.Nested(EnteteDeListe))
    non_lus = ma.fields.Integer(metadata={"description": "Nombre de fils où il reste à lire"})


class Fil(Entete):
    messages = ma.fields.List(ma.fields.Nested(Message))
    peut = ma.fields.List(ma.fields.String())


class BrouillonGarde(Schema):
    cle = ma.fields.String()
    sujet = ma.fields.String()
    texte = ma.fields.String()
    agent = ma.fields.String(allow_none=True)
    garde_le = ma.fields.String()
    pieces = ma.fields.List(ma.fields.Nested(PieceJointe))
