// Live pages: /direct only signals; each [data-fragment] then fetches itself again through htmx, with the
// ETag it last got (304 = nothing to do). Without the stream, the page asks every 20 seconds.
const PERIODE = 20000;
const ACTUALISER = "actualiser";
const etiquettes = new WeakMap();
const annonces = new WeakMap();
let minuterie = null;
let enDirect = false;

const fragments = () => document.querySelectorAll("[data-fragment]");

function actualiser() {
  for (const fragment of fragments()) fragment.dispatchEvent(new CustomEvent(ACTUALISER));
}

function montrer(etat) {
  enDirect = etat;
  for (const ligne of document.querySelectorAll("[data-direct]")) {
    ligne.hidden = false;
    ligne.classList.toggle("direct-retard", !etat);
    ligne.textContent = etat ? "Mis à jour en direct" : "Mises à jour en retard, toutes les 20 secondes";
  }
}

function sonder(actif) {
  clearInterval(minuterie);
  minuterie = actif ? setInterval(actualiser, PERIODE) : null;
}

function brancher() {
  if (!window.EventSource) return sonder(true);
  const flux = new EventSource("/direct");
  flux.onopen = () => { montrer(true); sonder(false); };
  flux.onmessage = actualiser;
  flux.addEventListener(ACTUALISER, actualiser);
  flux.onerror = () => { montrer(false); sonder(true); };
  window.addEventListener("pagehide", () => flux.close());
  return undefined;
}

// What changed is said once, in words, to those who do not see it move.
function annoncer(fragment) {
  const porteur = fragment.querySelector("[data-annonce]");
  const texte = porteur ? porteur.dataset.annonce.trim() : "";
  if (annonces.has(fragment) && texte && annonces.get(fragment) !== texte) {
    document.getElementById("annonce").textContent = texte;
  }
  annonces.set(fragment, texte);
}

function garderEtiquettes() {
  document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
    const etiquette = etiquettes.get(ctx.sourceElement);
    if (etiquette) ctx.request.headers["If-None-Match"] = etiquette;
  });
  document.addEventListener("htmx:before:response", ({ detail: { ctx } }) => {
    const etiquette = ctx.response.headers.get("ETag");
    if (etiquette && ctx.response.status === 200) etiquettes.set(ctx.sourceElement, etiquette);
  });
  document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
    if (!ctx.sourceElement.matches("[data-fragment]")) return;
    annoncer(ctx.sourceElement);
    montrer(enDirect);
  });
}

export function suivre() {
  if (!fragments().length) return;
  garderEtiquettes();
  fragments().forEach(annoncer);
  brancher();
  window.addEventListener("pageshow", (evenement) => { if (evenement.persisted) { brancher(); actualiser(); } });
}
