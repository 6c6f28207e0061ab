/* A small pop-up made of <details>: closes on Esc, after a link in it, and on a click elsewhere. */

export default function dropdown(details) {
  details.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !details.open) return;
    event.stopPropagation();
    details.open = false;
    details.querySelector("summary").focus();
  });
  details.addEventListener("click", (event) => {
    if (event.target.closest("a")) details.open = false;
  });
  document.addEventListener("click", (event) => {
    if (details.open && !details.contains(event.target)) details.open = false;
  });
}
