/* The board by keyboard: arrows walk, Space picks up, arrows carry, Enter drops, Esc cancels. One card is in the tab order. */

import { say } from "./announcer.js";
import { putBack, send, standing } from "./placement.js";

const STEPS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0], Home: [0, -Infinity], End: [0, Infinity] };

export default function boardKeyboard(page) {
  const board = page.querySelector(".board");
  const movable = document.getElementById("placement") !== null;
  let lifted = null;

  const rove = () => oneInTabOrder(board);
  rove();
  document.addEventListener("htmx:after:swap", rove);
  board.addEventListener("focusin", (event) => {
    const link = event.target.closest(".card__link");
    if (link) oneInTabOrder(board, link);
  });
  board.addEventListener("focusout", () => setTimeout(() => {
    if (lifted && !lifted.card.contains(document.activeElement)) cancel();
  }));
  board.addEventListener("keydown", (event) => {
    const link = event.target.closest(".card__link");
    if (!link || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const card = link.closest(".card");
    const act = lifted ? carrying(event.key, card) : walking(event.key, card);
    if (!act) return;
    event.preventDefault();
    act();
  });

  function walking(key, card) {
    if (key === " ") return movable && (() => lift(card));
    return STEPS[key] && (() => focus(neighbour(card, ...STEPS[key])));
  }

  function carrying(key, card) {
    if (key === "Enter" || key === " ") return drop;
    if (key === "Escape") return cancel;
    if (key === "Tab") return () => {};
    return STEPS[key] && (() => carry(card, ...STEPS[key]));
  }

  function lift(card) {
    lifted = standing(card);
    card.classList.add("card--lifted");
    say("lifted", card);
  }

  function carry(card, columns, rows) {
    const list = card.parentElement;
    const moved = columns ? carryAcross(card, list, columns) : carryAlong(card, list, rows);
    if (!moved) return;
    focus(card);
    say("carried", card);
  }

  function drop() {
    const from = release();
    say("dropped", from.card);
    send(from.card, from);
  }

  function cancel() {
    const from = release();
    putBack(from);
    focus(from.card);
    say("cancelled", from.card);
  }

  function release() {
    const from = lifted;
    lifted = null;
    from.card.classList.remove("card--lifted");
    return from;
  }
}

function neighbour(card, columns, rows) {
  const cards = [...card.parentElement.children];
  const index = cards.indexOf(card);
  if (rows) return cards[Math.max(0, Math.min(cards.length - 1, index + rows))];
  const target = lists(card, columns).find((list) => list.children.length);
  return target && target.children[Math.min(index, target.children.length - 1)];
}

function carryAlong(card, list, rows) {
  const others = [...list.children].filter((other) => other !== card);
  const index = [...list.children].indexOf(card);
  const target = Math.max(0, Math.min(others.length, index + rows));
  if (target === index) return false;
  list.insertBefore(card, others[target] ?? null);
  return true;
}

function carryAcross(card, list, columns) {
  const [target] = lists(card, columns);
  if (!target) return false;
  target.insertBefore(card, target.children[[...list.children].indexOf(card)] ?? null);
  return true;
}

/** The card lists beside a card's own, nearest first. */
function lists(card, direction) {
  const all = [...card.closest(".board").querySelectorAll(".column__cards")];
  const index = all.indexOf(card.parentElement);
  return direction > 0 ? all.slice(index + 1) : all.slice(0, index).reverse();
}

function focus(card) {
  const link = card?.querySelector(".card__link");
  link?.focus({ preventScroll: true });
  link?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function oneInTabOrder(board, wanted) {
  const present = wanted ?? board.querySelector(".card__link[tabindex='0']") ?? board.querySelector(".card__link");
  for (const link of board.querySelectorAll(".card :is(.card__link, .card__move):not([tabindex='-1'])")) {
    if (link !== present) link.tabIndex = -1;
  }
  if (present) present.tabIndex = 0;
}
