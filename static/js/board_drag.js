/* Dragging cards: with a mouse at once, by touch after a long press, so that a swipe still scrolls. */

import "../vendor/sortablejs/Sortable.min.js";
import { listen, send, standing } from "./placement.js";

const PRESS_MS = 280;

export default function boardDrag(page) {
  const board = () => page.querySelector(".board"); // a filter puts another one in its place
  if (!document.getElementById("placement")) return;
  listen();
  let from = null;
  const options = {
    group: "board",
    draggable: ".card",
    filter: ".card__move",
    preventOnFilter: false,
    supportPointer: false, // a swipe ends in pointercancel, after which Sortable would start no other drag
    delay: PRESS_MS,
    delayOnTouchOnly: true,
    touchStartThreshold: 6,
    ghostClass: "card--ghost",
    dragClass: "card--drag",
    scrollSensitivity: 60,
    emptyInsertThreshold: 12,
    onStart: ({ item }) => {
      from = standing(item);
      board().classList.add("board--dragging");
    },
    onEnd: ({ item }) => {
      board().classList.remove("board--dragging");
      item.querySelector(".card__link").focus({ preventScroll: true });
      send(item, from);
    },
  };
  const sort = () => {
    for (const list of board().querySelectorAll(".column__cards")) {
      if (!window.Sortable.get(list)) new window.Sortable(list, options);
    }
  };
  // Only when somebody takes hold of something: a board that is only read pays nothing.
  for (const kind of ["mousedown", "touchstart"]) page.addEventListener(kind, sort, { capture: true, passive: true });
}
