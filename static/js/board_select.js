/* Choosing many cards: boxes on cards and columns, a click anywhere on a card, Shift for a range, Ctrl for one more, `x`. */

export default function boardSelect(bar) {
  const board = document.getElementById("board");
  const page = board.closest(".board-page");
  const chosen = new Set();
  const listening = new AbortController();
  const heard = { signal: listening.signal };
  let last = null;

  const dress = () => {
    if (!bar.isConnected) return leave();
    for (const card of page.querySelectorAll(".board .card:not(:has(.card__check))")) card.prepend(cardBox(card));
    for (const head of page.querySelectorAll(".board .column__head:not(:has(.column__check))")) head.prepend(columnBox(head));
    show();
  };
  const leave = () => {
    listening.abort();
    for (const box of page.querySelectorAll(".card__check, .column__check")) box.remove();
    page.classList.remove("board-page--choosing");
  };
  page.classList.add("board-page--choosing");
  dress();
  document.addEventListener("htmx:after:swap", () => setTimeout(dress), heard);

  page.addEventListener("click", (event) => {
    const card = event.target.closest(".board .card");
    if (!card || event.target.closest(".card__move")) return;
    if (!event.target.matches(".card__check")) event.preventDefault();
    event.stopPropagation();
    if (event.shiftKey && last) range(last, card);
    else choose(card, !chosen.has(card.id));
    last = card.id;
    show();
  }, { capture: true, ...heard });
  page.addEventListener("change", (event) => {
    if (!event.target.matches(".column__check")) return;
    for (const card of event.target.closest(".column").querySelectorAll(".card")) choose(card, event.target.checked);
    show();
  }, heard);
  page.addEventListener("pmo:choose", (event) => {
    choose(event.target, !chosen.has(event.target.id));
    last = event.target.id;
    show();
  }, heard);
  bar.querySelector("[data-close-bulk]").addEventListener("click", () => {
    bar.remove();
    leave();
  }, heard);
  bar.addEventListener("htmx:after:request", (event) => {
    if (event.detail.ctx.response.status < 400) chosen.clear();
    show();
  }, heard);

  function choose(card, is) {
    if (is) chosen.add(card.id);
    else chosen.delete(card.id);
  }

  function range(from, card) {
    const cards = [...page.querySelectorAll(".board .card")];
    const ends = [cards.findIndex((it) => it.id === from), cards.indexOf(card)].sort((a, b) => a - b);
    if (ends[0] < 0) choose(card, true);
    else for (const one of cards.slice(ends[0], ends[1] + 1)) choose(one, true);
  }

  function show() {
    const cards = [...page.querySelectorAll(".board .card")];
    const there = new Set(cards.map((card) => card.id));
    for (const id of chosen) if (!there.has(id)) chosen.delete(id);
    for (const card of cards) {
      const box = card.querySelector(".card__check");
      if (box) box.checked = chosen.has(card.id);
    }
    for (const box of page.querySelectorAll(".column__check")) {
      const boxes = [...box.closest(".column").querySelectorAll(".card__check")];
      box.checked = boxes.length > 0 && boxes.every((it) => it.checked);
      box.indeterminate = !box.checked && boxes.some((it) => it.checked);
    }
    bar.querySelector("#bulk-count").textContent = chosen.size;
    for (const button of bar.querySelectorAll("[name=act]")) button.disabled = chosen.size === 0;
  }

  function cardBox(card) {
    const name = card.querySelector(".card__link").textContent.trim();
    const box = checkbox("card__check", bar.dataset.card.replace("{card}", name));
    box.name = "task_ids";
    box.value = card.id.replace("task-", "");
    box.setAttribute("form", bar.id);
    return box;
  }

  function columnBox(head) {
    const name = head.querySelector(".column__name").textContent.trim();
    return checkbox("column__check", bar.dataset.column.replace("{column}", name));
  }
}

function checkbox(className, label) {
  const box = document.createElement("input");
  box.type = "checkbox";
  box.className = className;
  box.setAttribute("aria-label", label);
  return box;
}
