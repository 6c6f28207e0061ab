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
    const given = new FormData(form);
    const isShown = form.querySelector("#placement-sheet").dataset.column === given.get("column_id"); // else its places are on their way
    const before = isShown && document.getElementById(`task-${given.get("before_id")}`);
    list.insertBefore(card, before?.parentElement === list ? before : null);
    document.dispatchEvent(new CustomEvent("pmo:panel:close"));
    send(card, from, isShown ? given.getAll("confirmed") : []);
  });
}
