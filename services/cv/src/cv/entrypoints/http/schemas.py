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


class Choix(Schema):
    code = ma.fields.String()
    libelle = ma.fields.String()


class Champ(Schema):
    nom = ma.fields.String()
    libelle = ma.fields.String()
    type = ma.fields.String(metadata={"description": "texte, texte_long, date ou choix"})
    obligatoire = ma.fields.Boolean()
    aide = ma.fields.String()
    max = ma.fields.Integer()
    choix = ma.fields.List(ma.fields.Nested(Choix))
    autocomplete = ma.fields.String(allow_none=True)
    presente_depuis = ma.fields.String(allow_none=True)


class PieceAttendue(Schema):
    usage = ma.fields.String()
    libelle = ma.fields.String()
    obligatoire = ma.fields.Boolean()
    aide = ma.fields.String()
    max = ma.fields.Integer()


class RubriqueDefinie(Schema):
    code = ma.fields.String()
    libelle = ma.fields.String()
    description = ma.fields.String()
    verifiable = ma.fields.Boolean()
    qui_voit = ma.fields.String()
    champs = ma.fields.List(ma.fields.Nested(Champ))
    pieces = ma.fields.List(ma.fields.Nested(PieceAttendue))
    source = ma.fields.String()
    valable_du = ma.fields.String()
    valable_au = ma.fields.String(allow_none=True)


class Rubriques(Schema):
    rappel = ma.fields.String()
    rubriques = ma.fields.List(ma.fields.Nested(RubriqueDefinie))


class Motif(Schema):
    code = ma.fields.String()
    nature = ma.fields.String(metadata={"description": "refus ou complement"})
    libelle = ma.fields.String()
    texte = ma.fields.String()
    rubrique = ma.fields.String(allow_none=True, metadata={"description": "null : toutes"})


class Motifs(Schema):
    motifs = ma.fields.List(ma.fields.Nested(Motif))


class Valeur(Schema):
    nom = ma.fields.String()
    libelle = ma.fields.String()
    affichage = ma.fields.String()


class PieceJointe(Schema):
    n = ma.fields.Integer()
    usage = ma.fields.String()
    libelle = ma.fields.String()
    ref = ma.fields.String()
    nom = ma.fields.String()
    type = ma.fields.String()
    taille = ma.fields.Integer(metadata={"description": "Octets"})
    pages = ma.fields.Integer()
    analyse = ma.fields.String()
    deposee_le = ma.fields.String()


class Signature(Schema):
    par = ma.fields.String()
    le = ma.fields.String()


class Correction(Signature):
    nature = ma.fields.String()
    motif = ma.fields.String()
    modele = ma.fields.String(allow_none=True)


class Acte(Signature):
    acte = ma.fields.String()
    etat = ma.fields.String()
    version = ma.fields.Integer()
    motif = ma.fields.String(allow_none=True)


class Element(Schema):
    """Un élément. Pour son auteur, `etat` est « brouillon » tant qu’un brouillon le recouvre."""

    id = ma.fields.String()
    rubrique = ma.fields.String()
    rubrique_libelle = ma.fields.String()
    verifiable = ma.fields.Boolean()
    qui_voit = ma.fields.String()
    etat = ma.fields.String()
    etat_soumis = ma.fields.String(
        allow_none=True, metadata={"description": "L’état de ce qui a été soumis, sous le brouillon"}
    )
    version = ma.fields.Integer()
    rev = ma.fields.Integer()
    valeurs = ma.fields.List(ma.fields.Nested(Valeur))
    saisie = ma.fields.Dict()
    pieces = ma.fields.List(ma.fields.Nested(PieceJointe))
    etat_depuis = ma.fields.String()
    soumis_le = ma.fields.String(allow_none=True)
    echeance = ma.fields.String(allow_none=True)
    pris_par = ma.fields.String(allow_none=True)
    verification = ma.fields.Nested(Signature, allow_none=True)
    correction = ma.fields.Nested(Correction, allow_none=True)
    chronologie = ma.fields.List(ma.fields.Nested(Acte))
    peut = ma.fields.List(ma.fields.String())


class RubriqueDuCV(Schema):
    code = ma.fields.String()
    libelle = ma.fields.String()
    description = ma.fields.String()
    verifiable = ma.fields.Boolean()
    qui_voit = ma.fields.String()
    elements = ma.fields.List(ma.fields.Nested(Element))


class CV(Schema):
    agent = ma.fields.String()
    rappel = ma.fields.String()
    rubriques = ma.fields.List(ma.fields.Nested(RubriqueDuCV))


class Consultation(Schema):
    sujet = ma.fields.String()
    acteur = ma.fields.String()
    role = ma.fields.String()
    motif = ma.fields.String()
    le = ma.fields.String()


class Consultations(Schema):
    consultations = ma.fields.List(ma.fields.Nested(Consultation))


class VersionVerifiee(Schema):
    rubrique = ma.fields.String()
    valeurs = ma.fields.Dict()
    pieces = ma.fields.List(ma.fields.Nested(PieceJointe))
    verifie_le = ma.fields.String()
    verifie_par = ma.fields.String()
