/* Lays cards out while nobody waits, a few at a time: a card that may be skipped is asked about in every frame of a scroll, a thousand of them for long. */

const FEW = 10;
const CALM_MS = 1500;

export default function boardDraw(page) {
  let rest = [];
  let calm = null;
  let width = window.innerWidth;

  const draw = () => {
    for (const card of rest.splice(0, FEW)) card.classList.add("card--drawn");
    if (rest.length) idle(draw);
  };
  const start = () => {
    rest = [...page.querySelectorAll(".board > .column .card:not(.card--drawn)")];
    if (rest.length) idle(draw);
  };
  /** Whoever types, opens or moves something comes first. */
  const later = () => {
    rest = [];
    clearTimeout(calm);
    calm = setTimeout(start, CALM_MS);
  };
  const again = () => {
    width = window.innerWidth;
    for (const card of page.querySelectorAll(".card--drawn")) card.classList.remove("card--drawn");
    later();
  };
  later();
  for (const kind of ["input", "click", "keydown", "htmx:after:swap"]) document.addEventListener(kind, later);
  page.addEventListener("pmo:reflow", again); // before columns change their width
  window.addEventListener("resize", () => width === window.innerWidth || again());
}

/** Call when there is time; a busy page must not put it off for ever. */
function idle(act) {
  if (window.requestIdleCallback) window.requestIdleCallback(act, { timeout: 500 });
  else setTimeout(act, 50);
}
