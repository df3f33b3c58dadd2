// The queue's checkboxes counted, and the models of motive copied into the text.
function compter(formulaire) {
  const ligne = formulaire.querySelector("[data-lot-compte]");
  if (!ligne) return;
  const n = formulaire.querySelectorAll("input[name=choix]:checked").length;
  ligne.textContent = n === 0 ? "Cochez des lignes pour les prendre ensemble."
    : n === 1 ? "1 demande choisie" : `${n} demandes choisies`;
}

function remplir(liste) {
  const texte = document.getElementById(liste.dataset.modeles);
  const modele = liste.selectedOptions[0]?.dataset.texte;
  // never overwrite what the gestionnaire wrote herself
  if (!modele || (texte.value.trim() && texte.value !== texte.dataset.modele)) return;
  texte.value = modele;
  texte.dataset.modele = modele;
}

export function selection() {
  for (const formulaire of document.querySelectorAll("[data-lot]")) {
    formulaire.addEventListener("change", () => compter(formulaire));
    compter(formulaire);
  }
  for (const liste of document.querySelectorAll("[data-modeles]")) {
    liste.addEventListener("change", () => remplir(liste));
  }
}
