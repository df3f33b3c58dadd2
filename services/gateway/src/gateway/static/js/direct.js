// Live pages: /direct only signals; each [data-fragment] then fetches itself again through htmx, with the
// ETag it last got (304 = nothing to do). Without the stream, the page asks every 20 seconds.
const PERIODE = 20000;
const ACTUALISER = "actualiser";
const etiquettes = new WeakMap();
const annonces = new WeakMap();
let minuterie = null;
let enDirect = false;
let flux = null;

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

function debrancher() {
  flux?.close();
  flux = null;
  sonder(false);
}

function brancher() {
  debrancher();
  if (!window.EventSource) return sonder(true);
  flux = new EventSource("/direct");
  flux.onopen = () => { montrer(true); sonder(false); };
  flux.onmessage = actualiser;
  flux.addEventListener(ACTUALISER, actualiser);
  flux.onerror = () => {
    montrer(false);
    sonder(true);
    // refused outright (too many connections, signed out): the browser will not try again by itself
    if (flux?.readyState === EventSource.CLOSED) setTimeout(() => { if (!document.hidden) brancher(); }, PERIODE);
  };
  return undefined;
}

// A hidden tab holds no stream: browsers allow six connections to a site, and the first signal after
// coming back is « actualiser ».
function suivreVisibilite() {
  document.addEventListener("visibilitychange", () => (document.hidden ? debrancher() : brancher()));
  window.addEventListener("pagehide", debrancher);
  window.addEventListener("pageshow", (evenement) => { if (evenement.persisted) brancher(); });
}

// What changed is said once, in words, to those who do not see it move.
function annoncer(fragment) {
  const textes = [...fragment.querySelectorAll("[data-annonce]")].map((e) => e.dataset.annonce);
  const connus = annonces.get(fragment);
  const neufs = connus ? textes.filter((texte) => texte && !connus.includes(texte)) : [];
  if (neufs.length) document.getElementById("annonce").textContent = neufs.join(". ");
  annonces.set(fragment, textes);
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
  suivreVisibilite();
  if (!document.hidden) brancher();
}
