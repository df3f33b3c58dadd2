// One click, one effect: a form already on its way does not leave twice. The server is idempotent anyway.
// Buttons are marked, never disabled: a disabled button's value would not be sent.
export function proteger() {
  for (const formulaire of document.querySelectorAll("form[data-envoi]")) {
    formulaire.addEventListener("submit", (evenement) => {
      if (formulaire.dataset.parti) return evenement.preventDefault();
      formulaire.dataset.parti = "oui";
      evenement.submitter?.setAttribute("aria-disabled", "true");
      return undefined;
    });
  }
  // the Back button gives the page back as it was left: let it send again
  window.addEventListener("pageshow", () => {
    for (const formulaire of document.querySelectorAll("form[data-parti]")) {
      delete formulaire.dataset.parti;
      formulaire.querySelectorAll("[aria-disabled]").forEach((bouton) => bouton.removeAttribute("aria-disabled"));
    }
  });
  document.querySelector("[data-focus]")?.focus();
}
