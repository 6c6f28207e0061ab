/* Adding cards in a row: after Enter the line is empty again and keeps the focus; Esc leaves it. */

import { tell } from "./announcer.js";

export default function quickAdd(page) {
  page.addEventListener("htmx:after:swap", (event) => {
    const form = event.target.closest?.(".quick-add");
    if (!form || event.detail.ctx.response.status >= 400) return;
    form.reset();
    form.elements.title.focus();
    form.previousElementSibling.lastElementChild?.scrollIntoView({ block: "nearest" });
    tell(JSON.parse(document.getElementById("board-texts").textContent).added);
  });
  page.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !event.target.matches(".quick-add__input")) return;
    event.preventDefault();
    event.target.form.reset();
    event.target.blur();
  });
}
