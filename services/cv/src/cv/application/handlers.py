"""Which function answers which command."""

from collections.abc import Callable, Mapping
from typing import Any

from cv.application import commandes, redaction, verification

HANDLERS: Mapping[type, Callable[..., Any]] = {
    commandes.AjouterElement: redaction.ajouter,
    commandes.ModifierElement: redaction.modifier,
    commandes.SoumettreElement: verification.soumettre,
    commandes.RetirerElement: verification.retirer,
    commandes.PrendreEnCharge: verification.prendre_en_charge,
    commandes.LibererElement: verification.liberer,
    commandes.VerifierElement: verification.verifier,
    commandes.RenvoyerElement: verification.renvoyer,
    commandes.LibererApresTransfert: verification.liberer_apres_transfert,
}
