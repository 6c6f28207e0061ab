/* The filter bar: the address follows what is shown, so that it can be sent to somebody. */

export default function boardFilter(page) {
  page.addEventListener("htmx:after:swap", (event) => {
    if (!event.target.closest?.("#filters")) return;
    const { home } = page.querySelector("[data-home]").dataset;
    if (home !== location.pathname + location.search) history.replaceState(history.state, "", home);
  });
}
