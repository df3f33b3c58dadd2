// Zoom and turn the page images, by classes only.
const ZOOMS = 3;
const TOURS = 4;

function poser(feuille, nom, valeur, nombre) {
  for (let i = 0; i < nombre; i += 1) feuille.classList.remove(`${nom}-${i}`);
  feuille.classList.add(`${nom}-${valeur}`);
}

export function visionneuse() {
  const feuille = document.querySelector("[data-feuille]");
  if (!feuille || !feuille.querySelector("img")) return;
  let zoom = 0;
  let tour = 0;
  for (const bouton of document.querySelectorAll("[data-zoom]")) {
    bouton.hidden = false;
    bouton.addEventListener("click", () => {
      zoom = Math.min(ZOOMS - 1, Math.max(0, zoom + Number(bouton.dataset.zoom)));
      poser(feuille, "zoom", zoom, ZOOMS);
    });
  }
  const tourner = document.querySelector("[data-tour]");
  tourner.hidden = false;
  tourner.addEventListener("click", () => {
    tour = (tour + 1) % TOURS;
    poser(feuille, "tour", tour, TOURS);
  });
}
