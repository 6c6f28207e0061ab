/* Planning a sprint: cards dragged between backlog and sprint, or sent there by keys; the focus stays with the card. */

import "../vendor/sortablejs/Sortable.min.js";
import { tell } from "./announcer.js";
import { stale } from "./view_page.js";

const PRESS_MS = 280;

export default function planning(page) {
  const view = () => document.getElementById("board");
  let last = null; // where the focus was: a card, its part, its pane and place
  let moving = null;

  const options = {
    group: "planning",
    draggable: ".plan-card:not(.plan-card--done)",
    filter: ".cell, .plan-card__check, .plan-card__move",
    preventOnFilter: false,
    supportPointer: false,
    delay: PRESS_MS,
    delayOnTouchOnly: true,
    touchStartThreshold: 6,
    sort: false,
    ghostClass: "card--ghost",
    dragClass: "card--drag",
    emptyInsertThreshold: 40,
    onEnd: ({ item, from, to }) => {
      note(item.querySelector(".plan-card__link"));
      setTimeout(() => {
        item.removeAttribute("style"); // what is put in its place would inherit it, and no inline style is allowed
        if (from !== to) move(item);
      });
    },
  };
  const sort = () => {
    for (const list of page.querySelectorAll(".pane__cards")) {
      if (!window.Sortable.get(list)) new window.Sortable(list, options);
    }
  };
  for (const kind of ["mousedown", "touchstart"]) page.addEventListener(kind, sort, { capture: true, passive: true });

  page.addEventListener("focusin", (event) => note(event.target));
  page.addEventListener("click", (event) => {
    const button = event.target.closest(".plan-card__move");
    if (!button) return;
    note(button.closest(".plan-card").querySelector(".plan-card__link"));
    moving = { id: last.id, from: button.getAttribute("formaction"), name: name(button.closest(".plan-card")) };
  });

  page.addEventListener("keydown", (event) => {
    const card = event.target.closest(".plan-card");
    if (!card || event.target.matches("input:not([type=checkbox]), textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
    const inBacklog = card.closest("[data-pane]").dataset.pane === "backlog";
    if (event.shiftKey && event.key === (inBacklog ? "ArrowRight" : "ArrowLeft")) {
      move(card);
    } else if (!event.shiftKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      const cards = [...card.parentElement.querySelectorAll(".plan-card")];
      cards[cards.indexOf(card) + (event.key === "ArrowDown" ? 1 : -1)]?.querySelector(".plan-card__link").focus();
    } else if (!event.shiftKey && (event.key === "ArrowRight" || event.key === "ArrowLeft")) {
      const other = page.querySelector(`[data-pane="${event.key === "ArrowRight" ? "sprint" : "backlog"}"]`);
      (other.querySelectorAll(".plan-card__link")[place(card)] ?? other.querySelector(".plan-card__link"))?.focus();
    } else if (event.code === "KeyX" && !event.shiftKey) {
      card.querySelector(".plan-card__check").click();
    } else return;
    event.preventDefault();
  });

  document.addEventListener("htmx:after:swap", (event) => {
    const method = event.detail?.ctx?.request?.method ?? "GET";
    const cell = event.target.closest?.(".plan-card .cell");
    if (cell && method !== "GET" && cell.querySelector(".cell__link")) stale(); // its weight counts in the sums
    else if (!cell) setTimeout(settle);
  });

  function note(element) {
    const card = element?.closest?.(".plan-card");
    if (!card) return;
    const part = element.closest(".plan-card__weight") ? ".plan-card__weight .cell__link" : ".plan-card__link";
    last = { id: card.id, part, pane: card.closest("[data-pane]").dataset.pane, place: place(card) };
  }

  function place(card) {
    return [...card.parentElement.querySelectorAll(".plan-card")].indexOf(card);
  }

  function name(card) {
    return card.querySelector(".plan-card__link").textContent.trim();
  }

  function move(card) {
    card.querySelector(".plan-card__move")?.click();
  }

  /* After the view was drawn anew: the focus goes back to its card, and what became of a moved one is said. */
  function settle() {
    if (!view()) return;
    const card = last && document.getElementById(last.id);
    if (moving) {
      const now = document.getElementById(moving.id);
      const there = now ? now.querySelector(".plan-card__move")?.getAttribute("formaction") !== moving.from : true;
      if (there) tell((moving.from.endsWith("/removal") ? page.dataset.movedOut : page.dataset.movedIn).replace("{card}", moving.name));
      moving = null;
    }
    if (!last || (document.activeElement && document.activeElement !== document.body)) return;
    const neighbours = page.querySelectorAll(`[data-pane="${last.pane}"] .plan-card__link`);
    const target = card?.querySelector(last.part) ?? card?.querySelector(".plan-card__link") ?? neighbours[Math.min(last.place, neighbours.length - 1)];
    target?.focus({ preventScroll: !card });
  }
}
