/* The “Move…” sheet over an open board: the card goes where the sheet says, as if it had been dragged there. */

import { send, standing } from "./placement.js";

export default function placementSheet(form) {
  form.addEventListener("submit", (event) => {
    const card = document.getElementById(form.dataset.card);
    const around = card?.closest(".lane") ?? document;
    const list = around.querySelector(`.column__cards[data-column="${form.elements.column_id.value}"]`);
    if (!card || !list || !document.getElementById("placement")) return;
    event.preventDefault();
    const from = standing(card);
    const before = document.getElementById(`task-${form.elements.before_id.value}`);
    list.insertBefore(card, before?.parentElement === list ? before : null);
    document.dispatchEvent(new CustomEvent("pmo:panel:close"));
    send(card, from, new FormData(form).getAll("confirmed"));
  });
}
