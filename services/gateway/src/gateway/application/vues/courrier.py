"""Threads and messages, seen by the agent or by her gestionnaire."""

from collections.abc import Mapping, Sequence
from typing import Any

from gateway.application.saisie import Erreur, Saisie
from gateway.application.vues.personnes import Noms, Vue, appel

SERVICE = "I-Prof"
GESTIONNAIRE = "Votre gestionnaire"
AGENT = "Un agent"


def courrier(fils: Sequence[Mapping[str, Any]], noms: Noms, cote: str, correspondant: Vue | None) -> Vue:
    """Unread first, then the latest."""
    ordered = sorted(fils, key=lambda fil: fil["dernier_message_le"] or "", reverse=True)
    ordered.sort(key=lambda fil: not fil["non_lus"])
    return {
        "fils": [ligne(fil, noms, cote, correspondant) for fil in ordered],
        "non_lus": sum(1 for fil in fils if fil["non_lus"]),
        "total": len(fils),
        "peut_ecrire": True,
        "indisponible": False,
    }


def indisponible() -> Vue:
    return {"fils": [], "non_lus": 0, "total": 0, "peut_ecrire": False, "indisponible": True}


def ligne(fil: Mapping[str, Any], noms: Noms, cote: str, correspondant: Vue | None) -> Vue:
    return {
        "id": fil["id"],
        "lien": f"/courrier/{fil['id']}",
        "sujet": fil["sujet"],
        "nature": fil["nature"],
        "etat": fil["etat"],
        "interlocuteur": _interlocuteur(fil, noms, cote, correspondant),
        "dernier_message_le": fil["dernier_message_le"],
        "dernier_auteur": fil["dernier_auteur"],
        "extrait": fil.get("extrait") or "",
        "non_lus": fil["non_lus"],
        "brouillon": bool(fil.get("brouillon")),
    }


def fil(
    data: Mapping[str, Any],
    noms: Noms,
    moi: str,
    cote: str,
    correspondant: Vue | None,
    brouillon: Mapping[str, Any] | None = None,
    saisie: Saisie | None = None,
    erreurs: Sequence[Erreur] = (),
) -> Vue:
    base = f"/courrier/{data['id']}"
    kept = brouillon or {}
    return {
        "id": data["id"],
        "lien": base,
        "sujet": data["sujet"],
        "nature": data["nature"],
        "etat": data["etat"],
        "rev": data["rev"],
        "avec": _interlocuteur(data, noms, cote, correspondant),
        "messages": [_message(m, noms, moi, base) for m in data["messages"]],
        "peut": list(data.get("peut") or ()),
        "brouillon": {
            "texte": saisie.texte("texte") if saisie else kept.get("texte") or "",
            "garde_le": kept.get("garde_le"),
        },
        "pieces": saisie.jointes.get("fichier", []) if saisie else list(kept.get("pieces") or ()),
        "erreurs": list(erreurs),
        "delai_reponse": None,
        "lie": None,
        "agent_lien": f"/agents/{data['agent']}" if cote == "gestionnaire" else None,
    }


def saisie_of(brouillon: Mapping[str, Any]) -> Saisie:
    """What the form of a draft starts from, its files included."""
    saisie = Saisie({name: [brouillon[name]] for name in ("sujet", "texte", "agent") if brouillon.get(name)})
    for piece in brouillon.get("pieces") or ():
        saisie.joindre("fichier", piece)
    return saisie


def nouveau(
    action: str,
    destinataire: Vue | None,
    detail: str | None,
    saisie: Saisie,
    agent: str | None,
    erreurs: Sequence[Erreur] = (),
    garde_le: str | None = None,
) -> Vue:
    return {
        "action": action,
        "a": destinataire,
        "a_detail": detail,
        "sujet": saisie.texte("sujet"),
        "texte": saisie.texte("texte"),
        "pieces": saisie.jointes.get("fichier", []),
        "erreurs": list(erreurs),
        "agent": agent,
        "brouillon_le": garde_le,
    }


def _interlocuteur(fil: Mapping[str, Any], noms: Noms, cote: str, correspondant: Vue | None) -> str:
    if cote == "gestionnaire":
        return noms.appel(fil["agent"], AGENT)
    return SERVICE if fil["nature"] == "avis" else appel(correspondant) or GESTIONNAIRE


def _message(message: Mapping[str, Any], noms: Noms, moi: str, base: str) -> Vue:
    return {
        "id": message["id"],
        "cote": message["cote"],
        "vous": message["auteur"] == moi,
        "auteur": noms.personne(message["auteur"]),
        "texte": message["texte"],
        "envoye_le": message["envoye_le"],
        "lu_le": message.get("lu_le"),
        "pieces": [
            {
                "nom": piece["nom"],
                "taille": piece["taille"],
                "lien": f"{base}/messages/{message['id']}/pieces/{piece.get('n', n)}",
            }
            for n, piece in enumerate(message.get("pieces") or (), 1)
        ],
        "avis": _avis(message.get("avis")),
    }


def _avis(avis: Mapping[str, Any] | None) -> Vue | None:
    if not avis:
        return None
    return {"objet": avis.get("objet"), "lien": avis.get("lien")}
