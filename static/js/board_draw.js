/* Lays cards out in idle time, a few at a time: a card that may be skipped is asked about in every frame of a scroll, a thousand of them for long. */

const FEW = 10;

export default function boardDraw(page) {
  let rest = [];
  let running = false;
  let width = window.innerWidth;

  const draw = () => {
    for (const card of rest.splice(0, FEW)) card.classList.add("card--drawn");
    running = rest.length > 0;
    if (running) soon(draw);
  };
  const start = () => {
    rest = [...page.querySelectorAll(".board > .column .card:not(.card--drawn)")];
    if (!running && rest.length) soon(draw);
    running = rest.length > 0;
  };
  const again = () => {
    width = window.innerWidth;
    for (const card of page.querySelectorAll(".card--drawn")) card.classList.remove("card--drawn");
    start();
  };
  start();
  document.addEventListener("htmx:after:swap", () => running || soon(start));
  page.addEventListener("pmo:reflow", again); // before columns change their width
  window.addEventListener("resize", () => width === window.innerWidth || again());
}

/** Call when there is time; a hidden or busy page must not put it off for ever. */
function soon(act) {
  if (window.requestIdleCallback) window.requestIdleCallback(act, { timeout: 500 });
  else setTimeout(act, 50);
}
