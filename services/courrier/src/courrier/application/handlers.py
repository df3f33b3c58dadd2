"""Which function answers which command."""

from collections.abc import Callable, Mapping
from typing import Any

from courrier.application import avis, commandes, ecriture, suivi

HANDLERS: Mapping[type, Callable[..., Any]] = {
    commandes.OuvrirFil: ecriture.ouvrir,
    commandes.Repondre: ecriture.repondre,
    commandes.GarderBrouillon: ecriture.garder_brouillon,
    commandes.LireFil: suivi.lire,
    commandes.PrendreEnCharge: suivi.prendre_en_charge,
    commandes.CloreFil: suivi.clore,
    commandes.RouvrirFil: suivi.rouvrir,
    commandes.EnvoyerAvis: avis.envoyer,
    commandes.ReadresserFils: suivi.readresser,
}
