// Keyboard shortcuts of the queue and the desk. One letter never fires while typing, and the whole set can
// be switched off (a single-key shortcut must be removable: RGAA 12.10).
const CLE = "iprof-raccourcis";
const actifs = () => localStorage.getItem(CLE) !== "non";
const tape = (cible) => cible.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");

function aide() {
  const fenetre = document.getElementById("aide-raccourcis");
  if (fenetre && !fenetre.open) fenetre.showModal();
}

const lignes = () => [...document.querySelectorAll(".file-tab tbody tr")];
const ici = () => lignes().findIndex((ligne) => ligne.contains(document.activeElement));

function aller(pas) {
  const liste = lignes();
  if (!liste.length) return;
  const rang = Math.min(liste.length - 1, Math.max(0, ici() + pas));
  liste[rang].querySelector("th a").focus();
}

const GESTES = {
  j: () => aller(1),
  k: () => aller(-1),
  x: () => lignes()[ici()]?.querySelector("input[name=choix]")?.click(),
  "/": () => document.getElementById("f-q")?.focus(),
  m: () => document.getElementById("motif")?.focus(),
  "?": aide,
};

function presser(touche) {
  if (touche === "p" && lignes().length) return lignes()[ici()]?.querySelector("button[name=prendre]")?.click();
  const marque = document.querySelector(`[data-raccourci="${touche.toUpperCase()}"]`);
  // a decision is never taken by one stray key: the letter goes to the button, Enter confirms
  if (/^[a-z]$/.test(touche) && marque) return marque.closest("#decision") ? marque.focus() : marque.click();
  if (/^[1-9]$/.test(touche)) return document.querySelector(`[data-piece="${touche}"]`)?.click();
  return GESTES[touche]?.();
}

function ecouter(evenement) {
  const { key, ctrlKey, metaKey, altKey, target } = evenement;
  if (ctrlKey || metaKey || altKey || !actifs() || tape(target) || document.querySelector("dialog[open]")) return;
  const touche = key.length === 1 ? key.toLowerCase() : "";
  const connue = touche in GESTES || /^[1-9p]$/.test(touche)
    || (/^[a-z]$/.test(touche) && document.querySelector(`[data-raccourci="${touche.toUpperCase()}"]`));
  if (!connue) return;
  evenement.preventDefault();
  presser(touche);
}

function bascule(bouton) {
  const mot = () => { bouton.textContent = actifs() ? "Désactiver les raccourcis" : "Activer les raccourcis"; };
  bouton.addEventListener("click", () => { localStorage.setItem(CLE, actifs() ? "non" : "oui"); mot(); });
  mot();
}

export function raccourcis() {
  if (!document.getElementById("aide-raccourcis")) return;
  document.addEventListener("keydown", ecouter);
  document.querySelectorAll("[data-raccourcis-ligne], [data-raccourcis-aide]").forEach((e) => { e.hidden = false; });
  document.querySelectorAll("[data-raccourcis-aide]").forEach((e) => e.addEventListener("click", aide));
  document.querySelectorAll("[data-raccourcis-bascule]").forEach(bascule);
}
